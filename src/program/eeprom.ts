// The settings of the bootloader in the EEPROM of a Raspberry Pi 4 or 5, read and checked by their
// rules. Document: "Raspberry Pi bootloader configuration" of Raspberry Pi's documentation.
import { bootloaderKeys } from "../boards/index.js";
import { diagnose, type Report } from "../diagnostics/index.js";
import { pathBeside } from "../files/index.js";
import type { EepromDeclaration } from "../language/index.js";
import type { Context } from "./context.js";
import { readSource } from "./include.js";
import type { Eeprom, Given } from "./program.js";
import { constantOf, isIpv4, type Reader, reading, readProperties } from "./values.js";

const address = reading("an IPv4 address such as 192.168.4.1", (found) =>
  isIpv4(found) ? found : undefined,
);
const milliseconds = (least: number) =>
  reading(`a number of milliseconds, at least ${least}`, (found) =>
    /^\d{1,9}$/.test(found) && Number(found) >= least ? found : undefined,
  );
const line = reading("a text of printable ASCII", (found) =>
  /^[ -~]*$/.test(found) ? found : undefined,
);

/** Settings with a form of their own. */
const forms: Readonly<Record<string, Reader<string>>> = {
  // Read from the right. 0 to 7 are modes, e stops, f begins again.
  BOOT_ORDER: reading(
    "boot modes from right to left, such as 0xf21 for card, network, again",
    (found) => (/^0x[0-7ef]{1,8}$/i.test(found) ? found.toLowerCase() : undefined),
  ),
  ...{ TFTP_IP: address, CLIENT_IP: address, SUBNET: address, GATEWAY: address },
  TFTP_PREFIX: reading("0 (serial number), 1 (tftp_prefix_str) or 2 (MAC address)", (found) =>
    /^[012]$/.test(found) ? found : undefined,
  ),
  TFTP_PREFIX_STR: reading("a folder of at most 32 characters with a / behind it", (found) =>
    /^[\w.+-][\w.+/-]{0,30}\/$/.test(found) && !found.includes("..") ? found : undefined,
  ),
  ...{ DHCP_TIMEOUT: milliseconds(5000), DHCP_REQ_TIMEOUT: milliseconds(500) },
  TFTP_FILE_TIMEOUT: milliseconds(5000),
};

/** Resolves the `eeprom` of a flow; there is one. */
export function resolveEeprom(
  declarations: readonly EepromDeclaration[],
  context: Context,
): Eeprom | undefined {
  const [first, second] = declarations;
  if (!first) return undefined;
  const { scope, report } = context;
  if (second) {
    const labels = [{ span: second.span }, { span: first.span, text: "first used here" }];
    report(diagnose("name-taken", { name: "eeprom" }, labels));
  }
  const schema = Object.fromEntries(
    [...bootloaderKeys].map((key) => [key.toLowerCase(), forms[key] ?? line]),
  );
  const read = readProperties("eeprom", first.properties, schema, scope, report);
  const settings = new Map(
    Object.entries(read).flatMap(([key, found]): [string, Given][] =>
      found ? [[key.toUpperCase(), { text: found.value, span: found.span }]] : [],
    ),
  );
  checkPrefix(first, settings, report);
  const before = first.from && textOf(first.from, context);
  return { span: first.span, settings, ...(before !== undefined && { before }) };
}

function checkPrefix(
  { span, properties }: EepromDeclaration,
  settings: ReadonlyMap<string, Given>,
  report: Report,
): void {
  const given = properties.some(({ key }) => key.name === "tftp_prefix_str");
  if (settings.get("TFTP_PREFIX")?.text !== "1" || given) return;
  report(diagnose("property-missing", { what: "eeprom", name: "tftp_prefix_str" }, span));
}

function textOf(from: NonNullable<EepromDeclaration["from"]>, { files, scope, report }: Context) {
  const path = constantOf(from, scope, report);
  if (path === undefined) return undefined;
  return readSource(files, pathBeside(from.span.source.name, path), from.span, report)?.text;
}
