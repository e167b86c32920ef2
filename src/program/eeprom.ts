// The settings of the bootloader in the EEPROM of a Raspberry Pi 4 or 5, read and checked by their
// rules. Document: "Raspberry Pi bootloader configuration" of Raspberry Pi's documentation.
import { bootloaderKeys } from "../boards/index.js";
import { diagnose, type Report } from "../diagnostics/index.js";
import { pathBeside } from "../files/index.js";
import type { EepromDeclaration } from "../language/index.js";
import { bootloaderForms, line } from "./bootloader-forms.js";
import type { Context } from "./context.js";
import { readSource } from "./include.js";
import type { Eeprom, Given } from "./program.js";
import { constantOf, readProperties } from "./values.js";

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
    [...bootloaderKeys].map((key) => [key.toLowerCase(), bootloaderForms[key] ?? line]),
  );
  const read = readProperties("eeprom", first.properties, schema, scope, report);
  const settings = new Map(
    Object.entries(read).flatMap(([key, found]): [string, Given][] =>
      found ? [[key.toUpperCase(), { text: found.value, span: found.span }]] : [],
    ),
  );
  const before = first.from && sourceOf(first.from, context);
  if (!/^TFTP_PREFIX_STR=./m.test(before?.text ?? "")) checkPrefix(first, settings, report);
  return { span: first.span, settings, ...(before && { before }) };
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

function sourceOf(from: NonNullable<EepromDeclaration["from"]>, { files, scope, report }: Context) {
  const path = constantOf(from, scope, report);
  if (path === undefined) return undefined;
  const beside = pathBeside(from.span.source.name, path);
  return readSource(files, beside, "bootconf.txt", from.span, report);
}
