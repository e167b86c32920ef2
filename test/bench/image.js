// Images against Debian's mkimage: a 32 MiB kernel in-process and as a whole process, a FIT of 64 MiB
// with sha256, and ten thousand scripts in one process against one mkimage each. Run by
// `npm run bench:image`.
import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  closeSync,
  mkdtempSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { contentOf, encodeUImage } from "../../dist/image/index.js";
import { diskFiles } from "../../dist/index.js";

const main = resolve(import.meta.dirname, "../../dist/bin/main.js");
const directory = mkdtempSync(join(tmpdir(), "ubootc-bench-"));
const [data, theirs, ours] = ["data", "theirs", "ours"].map((name) => join(directory, name));
const flags = ["-A", "arm64", "-T", "kernel", "-C", "gzip", "-a", "0x80000", "-n", "linux"];
process.env.SOURCE_DATE_EPOCH = "1700000000";

/** The median of `count` runs, in milliseconds. */
function median(count, action) {
  const times = Array.from({ length: count }, () => {
    const start = performance.now();
    action();
    return performance.now() - start;
  });
  return times.sort((a, b) => a - b)[count >> 1];
}

function program(name, args) {
  const { status, stderr } = spawnSync(name, args, { encoding: "utf8" });
  if (status !== 0) throw new Error(`${name}: ${stderr}`);
}

function inProcess(payload, path) {
  const options = { type: "kernel", arch: "arm64", compression: "gzip", load: 0x80000 };
  const { image } = encodeUImage({ ...options, name: "linux", time: 1700000000, payload });
  write(path, image);
}

/** Beside first, then in its place, as the command does it. */
function write(path, image) {
  const fd = openSync(`${path}.new`, "wx");
  const PIECE = 1 << 20;
  for (let at = 0; at < image.size; at += PIECE) writeSync(fd, image.read(at, PIECE));
  closeSync(fd);
  renameSync(`${path}.new`, path);
}

function show(label, milliseconds, reference) {
  const times =
    reference === undefined ? "" : `  ${(reference / milliseconds).toFixed(2)} x mkimage`;
  console.log(`${label.padEnd(44)}${milliseconds.toFixed(2).padStart(10)} ms${times}`);
}

writeFileSync(data, randomBytes(32 << 20));
const mkimage = median(15, () => program("mkimage", [...flags, "-d", data, theirs]));
show("32 MiB kernel: mkimage", mkimage);
const whole = [main, "mkimage", ...flags, "-d", data, ours];
const asProcess = median(15, () => program(process.execPath, whole));
show("32 MiB kernel: ubootc mkimage, process", asProcess, mkimage);
if (!readFileSync(ours).equals(readFileSync(theirs))) throw new Error("not the same bytes");
const file = diskFiles().open(data);
const inside = median(15, () => inProcess(file, ours));
show("32 MiB kernel: in-process, disk to disk", inside, mkimage);
if (!readFileSync(ours).equals(readFileSync(theirs))) throw new Error("not the same bytes");

writeFileSync(data, randomBytes(64 << 20));
const source = join(directory, "source.its");
writeFileSync(
  source,
  `/dts-v1/; / { description = "bench"; images { linux { data = /incbin/("${data}"); type = "kernel";
    arch = "arm64"; os = "linux"; compression = "none"; load = <0x80000>; entry = <0x80000>;
    hash-1 { algo = "sha256"; }; }; }; };`,
);
for (const external of [[], ["-E"]]) {
  const args = ["-q", "-f", source, ...external];
  const reference = median(7, () => program("mkimage", [...args, theirs]));
  const label = `64 MiB FIT ${external.join("")}`;
  show(`${label}: mkimage`, reference);
  const time = median(7, () => program(process.execPath, [main, "mkimage", ...args, ours]));
  show(`${label}: ubootc mkimage, process`, time, reference);
  if (!readFileSync(ours).equals(readFileSync(theirs))) throw new Error("not the same bytes");
}

const script = contentOf(new TextEncoder().encode("echo hi\n".repeat(100)));
writeFileSync(data, script.read(0, script.size));
const scripts = 10_000;
const one = median(101, () =>
  program("mkimage", ["-A", "arm64", "-T", "script", "-C", "none", "-d", data, theirs]),
);
show("one script: mkimage", one);
let round = 0;
const all = median(3, () => {
  round += 1;
  for (let index = 0; index < scripts; index++) {
    const { image } = encodeUImage({ type: "script", arch: "arm64", payload: script });
    // Each its own new file, as a build writes them; replacing one makes ext4 wait for the disk.
    const path = join(directory, `${round}-${index}`);
    write(path, image);
  }
});
show("one of 10000 scripts: in-process, written", all / scripts, one);
rmSync(directory, { recursive: true });
