// The command as a user has it: dist/bin/main.js in a process of its own, in an empty folder.
import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";

const repository = join(import.meta.dirname, "../..");

/** The built command. */
export const main = join(repository, "dist/bin/main.js");

/** What a run of the command came to. */
export interface Outcome {
  /** The exit code; null when a signal ended it. */
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Of the process, in ms. */
  readonly elapsed: number;
  /** The most memory it held, in MiB, and the processor time it took, in ms. */
  readonly peak: number;
  readonly cpu: number;
}

/** How the command is run. */
export interface RunOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  /** A command that runs the command behind it. */
  readonly through?: readonly string[];
}

/** Has a process say at its end what it used, in a line on a descriptor of its own. */
const meter = `data:text/javascript,${encodeURIComponent(`
  import { writeSync } from "node:fs";
  process.on("exit", () => {
    const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
    try { writeSync(3, JSON.stringify([maxRSS / 1024, (userCPUTime + systemCPUTime) / 1000])); } catch {}
  });
`)}`;

/** Starts the command; its third descriptor gets what it used. */
export function start(args: readonly string[], options: RunOptions): ChildProcess {
  const { cwd, env, through = [] } = options;
  const [program = process.execPath, ...rest] = [...through, process.execPath];
  return spawn(program, [...rest, "--import", meter, main, ...args], {
    cwd,
    env: { PATH: process.env.PATH, NO_COLOR: "1", ...env },
    stdio: ["ignore", "pipe", "pipe", "pipe"],
  });
}

/** Runs the command to its end. */
export async function ubootc(args: readonly string[], options: RunOptions): Promise<Outcome> {
  const began = performance.now();
  const child = start(args, options);
  const said = [1, 2, 3].map((descriptor) => collect(child, descriptor));
  const status = await new Promise<number | null>((resolve, reject) => {
    child.on("error", reject).on("close", resolve);
  });
  const elapsed = performance.now() - began;
  const [stdout = "", stderr = "", used = ""] = said.map((pieces) => pieces.join(""));
  const [peak = 0, cpu = 0]: number[] = used === "" ? [] : JSON.parse(used);
  return { status, stdout, stderr, elapsed, peak, cpu };
}

function collect(child: ChildProcess, descriptor: number): string[] {
  const pieces: string[] = [];
  child.stdio[descriptor]?.on("data", (piece: Buffer) => pieces.push(piece.toString()));
  return pieces;
}

/** An empty folder for the running test, gone with it. */
export function emptyFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "ubootc-test-")));
  // Tens of thousands of files take their time on a busy disk.
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }), 60_000);
  return folder;
}

/** Writes `files`, by their path below `folder`. */
export function put(folder: string, files: Readonly<Record<string, string | Uint8Array>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

/** A kernel that the compiler takes: that of the example for QEMU. */
export const kernel = readFileSync(join(repository, "examples/zero-client-qemu/Image.gz"));
/** Another one. */
export const otherKernel = readFileSync(join(repository, "examples/zero-client-qemu/fallback.gz"));

/** A table of `count` clients, all with the same console. */
export function clientTable(count: number): string {
  const lines = Array.from({ length: count }, (_, index) => {
    const serial = index.toString(16).padStart(16, "0");
    return `rack-${index},${serial},"ttyAMA0,${9600 * (1 + (index % 4))}"\n`;
  });
  return `name,serial,console\n${lines.join("")}`;
}

/** A flow whose clients come from lab.csv and whose kernel is Image.gz. */
export const tableFlow = readFileSync(join(import.meta.dirname, "table.boot"), "utf8");
