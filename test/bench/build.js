// `ubootc build` of ten thousand clients against one mkimage for each script, on one file system.
// mkimage gets the finished texts, and both have to make the same bytes. By `npm run bench:build`.
import { spawnSync } from "node:child_process";
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const CLIENTS = 10_000;
const ROUNDS = 3;
/** Header and table of lengths in front of the text of a script. */
const BEFORE_TEXT = 72;
/** DESIGN asks for less, in MiB. */
const MOST_MEMORY = 256;

const main = resolve(import.meta.dirname, "../../dist/bin/main.js");
const kernel = resolve(import.meta.dirname, "../../examples/zero-client-qemu/Image.gz");
const directory = mkdtempSync(join(tmpdir(), "ubootc-bench-"));
const flow = readFileSync(resolve(import.meta.dirname, "../cli/table.boot"), "utf8");

/** Has a process say on its standard error what it used. */
const meter = `data:text/javascript,${encodeURIComponent(`
  process.on("exit", () => {
    const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
    process.stderr.write(JSON.stringify({ memory: maxRSS / 1024, cpu: (userCPUTime + systemCPUTime) / 1000 }));
  });
`)}`;

/** Builds into `out`; times in ms, memory in MiB. */
function build(out) {
  const start = performance.now();
  const args = ["--import", meter, main, "build", "lab.boot", "-o", out];
  const { status, stderr } = spawnSync(process.execPath, args, {
    cwd: directory,
    encoding: "utf8",
  });
  const elapsed = performance.now() - start;
  if (status !== 0) throw new Error(stderr);
  return { elapsed, ...JSON.parse(stderr) };
}

function writeInputs() {
  const clients = Array.from({ length: CLIENTS }, (_, index) => {
    const serial = index.toString(16).padStart(16, "0");
    return `rack-${index},${serial},"ttyAMA0,${9600 * (1 + (index % 4))}"\n`;
  });
  writeFileSync(join(directory, "lab.boot"), flow);
  writeFileSync(join(directory, "lab.csv"), `name,serial,console\n${clients.join("")}`);
  copyFileSync(kernel, join(directory, "Image.gz"));
}

/** Wraps the scripts of the build in `out` again, each with an mkimage of its own; time in ms. */
function mkimage(out) {
  const built = join(directory, out, "tftp");
  const scripts = readdirSync(built).filter((name) => name.endsWith(".scr"));
  const [texts, images] = ["texts", "images"].map((name) => join(directory, name));
  mkdirSync(texts);
  mkdirSync(images);
  for (const name of scripts) {
    writeFileSync(join(texts, name), readFileSync(join(built, name)).subarray(BEFORE_TEXT));
  }
  const flags = "-A arm64 -T script -C none -n netboot";
  const loop = `for f in *; do mkimage ${flags} -d "$f" "../images/$f"; done >/dev/null`;
  const start = performance.now();
  const { status } = spawnSync("sh", ["-c", loop], {
    cwd: texts,
    env: { ...process.env, SOURCE_DATE_EPOCH: "0" },
  });
  const elapsed = performance.now() - start;
  if (status !== 0 || scripts.length !== CLIENTS) throw new Error("mkimage failed");
  for (const name of scripts) {
    if (!readFileSync(join(built, name)).equals(readFileSync(join(images, name)))) {
      throw new Error(`${name} differs`);
    }
  }
  return elapsed;
}

function show(what, elapsed, reference, used) {
  const times = `${(reference / elapsed).toFixed(1)} x`.padStart(8);
  const cpu = used ? `${(used.cpu / 1000).toFixed(2)} s`.padStart(9) : "".padStart(9);
  const memory = used ? `${used.memory.toFixed(0)} MiB`.padStart(9) : "";
  console.log(
    `${what.padEnd(32)}${`${(elapsed / 1000).toFixed(2)} s`.padStart(9)}${times}${cpu}${memory}`,
  );
}

try {
  writeInputs();
  const rounds = Array.from({ length: ROUNDS }, (_, round) => build(`out${round}`));
  const again = build("out0");
  const reference = mkimage("out0");
  const [best] = rounds.sort((a, b) => a.elapsed - b.elapsed);
  const memory = Math.max(...rounds.map((round) => round.memory));
  console.log(`${"".padEnd(32)}  elapsed   ratio   processor  memory`);
  show(`mkimage, ${CLIENTS} times`, reference, reference);
  show("ubootc build, empty folder", best.elapsed, reference, { ...best, memory });
  show("ubootc build, nothing changed", again.elapsed, reference, again);
  if (memory > MOST_MEMORY) process.exitCode = 1;
} finally {
  rmSync(directory, { recursive: true, force: true });
}
