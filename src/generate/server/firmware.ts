// The files that the board's own firmware boots from: a folder for each client, as it asks for them,
// or one for all. config.txt is that of the folder with the settings of the flow after it;
// cmdline.txt is the flow's where it has one.
import { diagnose, type Report } from "../../diagnostics/index.js";
import { printableAscii } from "../../ground/index.js";
import { bytesOf, type Content, contentOf } from "../../image/index.js";
import type { Plan } from "../../memory/index.js";
import type { Client, Firmware, Program } from "../../program/index.js";
import type { Artifact } from "../artifact.js";
import { cmdlineText } from "../shell/bootargs.js";

/** What the boot ROM of the Pi 3 asks for before it knows of a folder of its own. */
const SHARED = /^bootcode\.bin$/i;

/** The files of all `firmware` of a flow. */
export function packFirmware(plan: Plan, report: Report): readonly Artifact[] {
  const { program } = plan;
  return program.firmware.flatMap((firmware) => {
    if (!firmware.forEachClient) return filesFor(firmware, plan, report);
    const { files, place, span } = firmware;
    const shared = files
      .filter(({ name }) => SHARED.test(name))
      .map(({ name, content }) => ({ root: place, name, content, madeFrom: [name], span }));
    const own = program.clients.flatMap((each) => filesFor(firmware, plan, report, each));
    return [...shared, ...own];
  });
}

/** The folder that `client` asks for first, with the slash after it; undefined, reported. */
export function prefixOf(
  { prefix, span }: Firmware,
  client: Client,
  report: Report,
): string | undefined {
  const given = client.values.get(prefix);
  if (!given) {
    const labels = [{ span }, { span: client.span, text: "this client has none" }];
    report(diagnose("client-value-missing", { client: client.name, name: prefix }, labels));
    return undefined;
  }
  if (prefix === "mac") return `${given.text.toLowerCase().replaceAll(":", "-")}/`;
  const [digits] = /[0-9a-f]{8}$/.exec(given.text.toLowerCase()) ?? [];
  if (digits !== undefined) return `${digits}/`;
  const expected = "a serial number that ends in eight hexadecimal digits";
  report(diagnose("value-invalid", { expected, found: given.text }, given.span));
  return undefined;
}

function filesFor(
  firmware: Firmware,
  plan: Plan,
  report: Report,
  client?: Client,
): readonly Artifact[] {
  const folder = client ? prefixOf(firmware, client, report) : "";
  if (folder === undefined) return [];
  const { program } = plan;
  const { files, place, span, ssh } = firmware;
  const whose = { root: place, span, ...(client && { client: client.name }) };
  const made = (name: string, content: Content | undefined): Artifact[] =>
    content ? [{ ...whose, name: folder + name, content, madeFrom: [program.name] }] : [];
  const taken = files.filter(
    ({ name }) => !OWN.test(name) && !(client && SHARED.test(name)) && !(ssh && name === "ssh"),
  );
  return [
    ...taken.map(({ name, content }) => ({
      ...whose,
      name: folder + name,
      content,
      madeFrom: [name],
    })),
    ...made("config.txt", configFile(firmware, program)),
    ...made("cmdline.txt", cmdlineFile(firmware, plan, client)),
    ...made("ssh", ssh ? contentOf(new Uint8Array()) : undefined),
  ];
}

/** The files that are put together here. */
const OWN = /^(?:config|cmdline)\.txt$/i;

const fileOf = ({ files }: Firmware, name: string) =>
  files.find((each) => each.name.toLowerCase() === name)?.content;

function configFile(firmware: Firmware, { name }: Program): Content | undefined {
  const base = fileOf(firmware, "config.txt");
  if (firmware.config.length === 0) return base;
  const lines = firmware.config.map(({ filter, key = "", value = "" }) => {
    if (filter !== undefined) return `[${filter}]`;
    // The one setting without a sign between.
    return key === "initramfs" ? `initramfs ${value}` : `${key}=${value}`;
  });
  const before = base ? Buffer.from(bytesOf(base)).toString("latin1").trimEnd() : "";
  // Whatever filter the file ends with is not to count for what follows.
  const all = [
    ...(before === "" ? [] : [before, "", "[all]"]),
    `# ${printableAscii(name)}`,
    ...lines,
  ];
  return contentOf(Buffer.from(all.map((each) => `${each}\n`).join(""), "latin1"));
}

function cmdlineFile(
  firmware: Firmware,
  { program, cmdlines }: Plan,
  client: Client | undefined,
): Content | undefined {
  if (!firmware.cmdline) return fileOf(firmware, "cmdline.txt");
  const read = cmdlines.get(firmware);
  const servers = program.servers.map(({ text }) => text);
  const text = read && cmdlineText(read, servers, client);
  return text === undefined ? undefined : contentOf(new TextEncoder().encode(`${text}\n`));
}
