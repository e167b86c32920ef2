// Builds that are killed, at a call of the file system that is chosen: just before the Nth of those that
// change something. After each kill the folder is looked at as a program does that knows nothing, and
// as ubootc does.
import { spawn } from "node:child_process";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { openFile } from "../../src/files/index.js";
import { bytesOf } from "../../src/image/index.js";
import { clientTable, emptyFolder, kernel, main, otherKernel, put, tableFlow } from "./cli.js";

/** What changes something on a disk, of what a build calls. */
const CALLS = [
  ...["renameSync", "unlinkSync", "openSync", "writeSync", "mkdirSync", "rmSync", "writeFileSync"],
  ...["utimesSync", "rmdirSync"],
];

/** Ends the process just before call `at` of `names`, counted from 1; says how many there were else. */
const killer = (names: readonly string[], at: number, signal: NodeJS.Signals) =>
  `data:text/javascript,${encodeURIComponent(`
  import fs from "node:fs";
  import { syncBuiltinESMExports } from "node:module";
  let count = 0;
  for (const name of ${JSON.stringify(names)}) {
    const real = fs[name];
    fs[name] = (...args) => {
      if (++count === ${at}) process.kill(process.pid, "${signal}");
      return real(...args);
    };
  }
  syncBuiltinESMExports();
  process.on("exit", () => fs.writeSync(2, "calls " + count));
`)}`;

/** A folder with two flows for the same output folder, and what each makes of it. */
export class Killing {
  readonly folder = emptyFolder();
  readonly #trees = new Map<string, ReadonlyMap<string, Buffer>>();

  /** `clients` are in the first flow; the second has one less, one that is new, and another kernel. */
  async prepare(clients: number): Promise<void> {
    const other = tableFlow
      .replace("192.168.0.250", "10.0.0.1")
      .replace("lab.csv", "other.csv")
      .replace("Image.gz", "other.gz");
    put(this.folder, {
      ...{
        "one.boot": tableFlow,
        "other.boot": other,
        "Image.gz": kernel,
        "other.gz": otherKernel,
      },
      "lab.csv": clientTable(clients),
      "other.csv": clientTable(clients + 1).replace(/^rack-0,.*\n/m, ""),
    });
    for (const flow of ["one", "other"]) {
      await this.build(flow, [], 0, { out: flow });
      this.#trees.set(flow, plainTree(join(this.folder, flow)));
    }
  }

  /** Builds `flow` into `out`, killed before call `at` of `calls`; returns the number of calls if not. */
  build(
    flow: string,
    calls: readonly string[],
    at: number,
    { out = "out", signal = "SIGKILL" }: { out?: string; signal?: NodeJS.Signals } = {},
  ): Promise<number | undefined> {
    const args = [main, "build", `${flow}.boot`, "-o", out];
    const imported = ["--import", killer(calls.length > 0 ? calls : CALLS, at, signal)];
    const child = spawn(process.execPath, [...imported, ...args], {
      cwd: this.folder,
      stdio: ["ignore", "ignore", "pipe"],
    });
    let said = "";
    child.stderr.on("data", (piece: Buffer) => {
      said += piece.toString();
    });
    return new Promise((done, failed) => {
      child.on("error", failed).on("close", (status, by) => {
        if (by === signal) return done(undefined);
        const [, count] = /^calls (\d+)$/.exec(said) ?? [];
        if (status === 0 && count !== undefined) done(Number(count));
        else failed(new Error(`${status} ${by}: ${said}`));
      });
    });
  }

  /** Whose tree `out` is to a program that knows nothing of journals: of a flow, or "mixed". */
  get plainly(): string {
    const found = plainTree(join(this.folder, "out"));
    return this.#whose((path) => found.get(path));
  }

  /** Whose tree it is to ubootc. */
  get read(): string {
    return this.#whose((path) => {
      const { file } = openFile(join(this.folder, "out", path));
      if (!file) return undefined;
      const bytes = Buffer.from(bytesOf(file));
      file.close();
      return bytes;
    });
  }

  /** What is in `out` besides a tree. */
  get leftovers(): string[] {
    return [...plainNames(join(this.folder, "out"))].filter((name) => name.includes(".ubootc"));
  }

  #whose(read: (path: string) => Buffer | undefined): string {
    const paths = new Set([...this.#trees.values()].flatMap((tree) => [...tree.keys()]));
    const found = new Map([...paths].map((path) => [path, read(path)]));
    if ([...found.values()].every((bytes) => bytes === undefined)) return "nothing";
    const isOf = (tree: ReadonlyMap<string, Buffer>) =>
      [...found].every(([path, bytes]) => {
        const expected = tree.get(path);
        return expected && bytes ? expected.equals(bytes) : expected === bytes;
      });
    return [...this.#trees].find(([, tree]) => isOf(tree))?.[0] ?? "mixed";
  }
}

function plainNames(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" });
}

function plainTree(folder: string): ReadonlyMap<string, Buffer> {
  const files = plainNames(folder).filter((name) => statSync(join(folder, name)).isFile());
  return new Map(files.map((name) => [name, readFileSync(join(folder, name))]));
}

/** What came of some kills. */
export interface Kills {
  readonly kills: number;
  /** Trees that are no build's, to ubootc and to other programs. */
  readonly mixed: number;
  readonly plainlyMixed: number;
}

/**
 * Kills builds, always of the flow whose tree is not there, at each of `places`: a kind of call and the number of the call.
 * @throws when a build fails that was not killed.
 */
export async function killAll(
  killing: Killing,
  places: Iterable<readonly [calls: readonly string[], at: number]>,
): Promise<Kills> {
  let [kills, mixed, plainlyMixed, now] = [0, 0, 0, killing.read];
  for (const [calls, at] of places) {
    const ended = await killing.build(now === "other" ? "one" : "other", calls, at);
    if (ended === undefined) kills++;
    now = killing.read;
    if (now === "mixed") mixed++;
    if (killing.plainly === "mixed") plainlyMixed++;
  }
  return { kills, mixed, plainlyMixed };
}

export const RENAMES = ["renameSync"];
export const ALL_CALLS = CALLS;
