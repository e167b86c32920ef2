// Boot scripts written by hand in the flat style of compiled ones, wrapped by Debian's mkimage:
// what the laboratory is proved with. A compilation gives the same two directories.
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the variables are U-Boot's.
import { cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../tools/tools.js";
import type { Artifacts } from "./lab.js";

const virt = join(import.meta.dirname, "../../examples/zero-client-qemu");

/** Regions of the virt machine's memory that nothing else uses. */
const at = { script: "0x40300000", dtb: "0x43000000", kernel: "0x44000000", initrd: "0x48000000" };
/** Where kernels unpack to and run. */
const kernelLoad = "0x40200000";

export interface Flow {
  /** A directory to write into. */
  readonly directory: string;
  /** Kernel arguments of each client, by serial number. */
  readonly clients: Readonly<Record<string, string>>;
  /** The servers, tried in order. */
  readonly servers?: readonly string[];
  /** How often the client's script is asked for. */
  readonly attempts?: number;
  /** Whether boot.scr goes on with fallback.scr when the client's script fails. */
  readonly fallback?: boolean;
  /** Instead of the small payload: an arm64 Image with gzip, and an initrd. */
  readonly linux?: { readonly kernel: string; readonly initrd: string };
  /** The device tree for the kernel; the one the machine has by default. */
  readonly dtb?: string;
}

/** Writes the SD card and the TFTP tree of `flow`. */
export function writeFlow(flow: Flow): Artifacts {
  const sdcard = join(flow.directory, "sdcard");
  const tftp = join(flow.directory, "tftp");
  for (const directory of [sdcard, tftp]) mkdirSync(directory, { recursive: true });

  wrapScript(join(sdcard, "boot.scr"), bootScript(flow));
  for (const [serial, bootargs] of Object.entries(flow.clients)) {
    const script = kernelScript(flow, "linux.uImage", bootargs);
    wrapScript(join(tftp, `netboot-${serial}.scr`), script);
  }
  const image = flow.linux?.kernel ?? join(virt, "Image.gz");
  wrap(join(tftp, "linux.uImage"), image, "kernel", "gzip", kernelLoad);
  if (flow.linux) wrap(join(tftp, "initrd.uImage"), flow.linux.initrd, "ramdisk", "gzip", "0");
  if (flow.dtb) cpSync(flow.dtb, join(tftp, "virt.dtb"));
  if (flow.fallback) {
    wrap(join(tftp, "fallback.uImage"), join(virt, "fallback.gz"), "kernel", "gzip", kernelLoad);
    wrapScript(join(tftp, "fallback.scr"), kernelScript(flow, "fallback.uImage", "rescue"));
  }
  return { sdcard, tftp };
}

function bootScript(flow: Flow): string[] {
  const chain = (file: string, where: string) => [
    ...download(flow, at.script, file, where),
    step(`iminfo ${at.script}`, `${where} (not whole)`),
    step(`source ${at.script}`, `${where} (it failed)`),
  ];
  const once = chain("netboot-${serial#}.scr", "zero-client.boot:22: chain netboot");
  const netboot = flow.attempts ? retry(flow.attempts, once) : once;
  return script("zero-client.boot:21: dhcp", [
    ...(flow.fallback
      ? tryElse(netboot, chain("fallback.scr", "zero-client.boot:23: chain fallback"))
      : netboot),
  ]);
}

function kernelScript(flow: Flow, kernel: string, bootargs: string): string[] {
  const load = (address: string, file: string, what: string) =>
    download(flow, address, file, `zero-client.boot:31: load ${what} (${file})`);
  const initrd = flow.linux ? at.initrd : "-";
  const tree = flow.dtb ? at.dtb : "${fdtcontroladdr}";
  return script("zero-client.boot:25: dhcp", [
    ...load(at.kernel, kernel, "linux"),
    ...(flow.linux ? load(at.initrd, "initrd.uImage", "initrd") : []),
    ...(flow.dtb ? load(at.dtb, "virt.dtb", "virt") : []),
    step(`setenv bootargs '${bootargs}'`, "zero-client.boot:26: bootargs"),
    step(`bootm ${at.kernel} ${initrd} ${tree}`, "zero-client.boot:31: boot linux"),
  ]);
}

/** A whole script: a lease, `lines`, and at the end the failure on the console and as status. */
function script(dhcp: string, lines: readonly string[]): string[] {
  return [
    "setenv autoload no",
    "ubootc_failed=no",
    step("dhcp", dhcp),
    ...lines,
    'if test "${ubootc_failed}" != no; then',
    'echo "boot failed: ${ubootc_failed}"',
    "ubootc_failed=no",
    "false",
    "else",
    "true",
    "fi",
  ];
}

/** `command`, unless something failed before. `where` is what a person reads when it fails. */
function step(command: string, where: string): string {
  return `test "\${ubootc_failed}" != no || ${command} || ubootc_failed='${where}'`;
}

const ifFailed = (lines: readonly string[]) => when('"${ubootc_failed}" != no', lines);
const unlessFailed = (lines: readonly string[]) => when('"${ubootc_failed}" = no', lines);

function when(condition: string, lines: readonly string[]): string[] {
  return [`if test ${condition}; then`, ...lines, "fi"];
}

/** Fetches `file` from the first server that has it. */
function download(flow: Flow, address: string, file: string, where: string): string[] {
  return (flow.servers ?? ["192.168.0.250"])
    .map((server) => [step(`tftpboot ${address} ${server}:${file}`, where)])
    .reduceRight((others, lines) => tryElse(lines, others));
}

/** `first`, and if it fails `second`; neither when something failed before. */
function tryElse(first: readonly string[], second: readonly string[]): string[] {
  const again = ['echo "failed: ${ubootc_failed}"', "ubootc_failed=no", ...second];
  return unlessFailed([...first, ...ifFailed(again)]);
}

/** Up to `attempts` times `lines` while they fail, a second apart; not after an earlier failure. */
function retry(attempts: number, lines: readonly string[]): string[] {
  const count = Array.from({ length: attempts }, (_, index) => index + 1).join(" ");
  const report = ['echo "attempt ${ubootc_count}: ${ubootc_failed}"', "sleep 1"];
  const attempt = ["ubootc_failed=no", ...lines, ...ifFailed(report)];
  return unlessFailed([
    "ubootc_failed=first",
    `for ubootc_count in ${count}; do`,
    ...ifFailed(attempt),
    "done",
  ]);
}

/** Writes the script image with `lines` to `file`. */
export function wrapScript(file: string, lines: readonly string[]): void {
  // Without a last newline: U-Boot adds one, and a second one would hide the script's status.
  const text = `${file}.text`;
  writeFileSync(text, lines.join("\n"));
  wrap(file, text, "script", "none", "0");
  rmSync(text);
}

/** Writes `data`, a file, to `file` as an image for arm64. */
export function wrap(
  file: string,
  data: string,
  type: string,
  compression: string,
  load: string,
): void {
  const kind = ["-A", "arm64", "-O", "linux", "-T", type, "-C", compression];
  const { status, stderr } = run("mkimage", [...kind, "-a", load, "-e", load, "-d", data, file]);
  if (status !== 0) throw new Error(`mkimage: ${stderr}`);
}
