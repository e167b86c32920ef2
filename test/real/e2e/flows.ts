// The flows that are booted here: the example for QEMU, changed as a test needs it, compiled into
// the directories that the laboratory takes.
import { mkdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { compile } from "../../../src/compile.js";
import { render } from "../../../src/diagnostics/index.js";
import { diskFiles, type Files, writeContent } from "../../../src/files/index.js";
import type { Artifacts } from "./lab.js";

const examples = join(import.meta.dirname, "../../../examples");

/** The example's flow, with some of its text replaced. */
export function exampleFlow(...changes: readonly (readonly [from: string, to: string])[]): string {
  let text = readFileSync(join(examples, "zero-client-qemu/zero-client-qemu.boot"), "utf8");
  for (const [from, to] of changes) {
    if (!text.includes(from)) throw new Error(`the example has no ${from}`);
    text = text.replace(from, to);
  }
  return text;
}

/** What the FIT of `fitFlow` has in most tests: two configurations, each with all there is. */
export const wholeFit = `kernel linux  dtb virt  initrd ram
  config "first" { }
  config "second" { kernel plain }
  default "first"  hash sha256, crc32`;

/** A flow that boots by FITs only; the card's script says when `body`, fetched, started nothing. */
export function fitFlow({
  board = "",
  sign = "",
  fit = wholeFit,
  body,
}: {
  readonly board?: string;
  readonly sign?: string;
  readonly fit?: string;
  readonly body: string;
}): string {
  return `board qemu_arm64 ${board}
server 192.168.0.250
${sign}
kernel linux from "Image.gz"
kernel plain from "Image"
dtb virt from "virt.dtb"
initrd ram from "initrd.gz"
fit os { ${fit} }
script boot on sdcard "boot.scr" as fit {
  dhcp
  try { chain netboot } else { print "nothing was started" }
}
script netboot on tftp "netboot.scr" as fit { ${body} }
`;
}

/**
 * Compiles `flow` into `directory`. Files it names are where `inputs` says, by name, or else those
 * of the example.
 * @throws with the diagnostics when the flow has errors.
 */
export function writeFlow(
  directory: string,
  flow: string,
  inputs: Readonly<Record<string, string>> | string = {},
): Artifacts {
  const example = join(examples, typeof inputs === "string" ? inputs : "zero-client-qemu");
  const elsewhere = typeof inputs === "string" ? {} : inputs;
  const path = join(example, "zero-client.boot");
  const disk = diskFiles();
  const files: Files = {
    open(asked) {
      if (asked === path) {
        const bytes = new TextEncoder().encode(flow);
        return { size: bytes.length, read: (at, length) => bytes.subarray(at, at + length) };
      }
      const name = asked.slice(example.length + 1);
      return disk.open(elsewhere[name] ?? asked);
    },
  };
  const { artifacts, diagnostics } = compile(path, { files });
  if (!artifacts) throw new Error(diagnostics.map((each) => render(each)).join("\n"));
  for (const { root, name, content } of artifacts) {
    const target = join(directory, root, name);
    mkdirSync(dirname(target), { recursive: true });
    const problem = writeContent(target, content);
    if (problem) throw new Error(problem.message);
  }
  disk.close();
  return { sdcard: join(directory, "sdcard"), tftp: join(directory, "tftp") };
}
