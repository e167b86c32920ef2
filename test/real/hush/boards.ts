// Real U-Boots that run the rows of the table: Debian's for QEMU's machines, and builds for the host
// ("sandbox") where somebody has one. The scripts of many rows lie in memory, each between two marks on
// the console; where a row ends the board, the rest runs on another one.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { environmentOf, runHere, scriptImage, shortUsage } from "../../hush/interpreter.js";
import type { Result, Row, Target } from "../../hush/table.js";
import { Program } from "../../tools/program.js";
import { find } from "../../tools/tools.js";

export interface Board {
  readonly name: string;
  readonly target: Target;
  /** Where the rows are put in memory. */
  readonly base: number;
  /** Starts it with the contents of `file` in memory, and the script at `base` running. */
  start(file: string): Promise<Program>;
}

const debian = "2023.01";

/** Debian's U-Boot on QEMU's virt machine. */
function qemu(name: "qemu_arm64" | "qemu_arm", machine: string, cpu: string, bits: 32 | 64): Board {
  const base = 0x44000000;
  return {
    name,
    target: { dialect: "old", release: debian, bits },
    base,
    async start(file) {
      const board = new Program(find(machine) ?? machine, [
        ...["-machine", "virt", "-cpu", cpu, "-m", "256", "-no-reboot", "-net", "none"],
        ...["-display", "none", "-serial", "stdio", "-monitor", "none"],
        ...["-bios", `/usr/lib/u-boot/${name}/u-boot.bin`],
        ...["-device", `loader,file=${file},addr=${base},force-raw=on`],
      ]);
      await board.waitFor("stop autoboot", 30_000);
      board.type(" ");
      await board.waitFor("=> ", 10_000);
      board.type(`source ${base.toString(16)}\r`);
      await board.waitFor("\n", 10_000);
      return board;
    },
  };
}

export const qemuBoards = [
  qemu("qemu_arm64", "qemu-system-aarch64", "cortex-a57", 64),
  qemu("qemu_arm", "qemu-system-arm", "cortex-a15", 32),
];

/** A U-Boot built for the host, with the parser it has (the old one where it has both). */
export function sandbox(program: string, release: string, dialect: "old" | "modern"): Board {
  const base = 0x4000000;
  return {
    name: `${program} ${dialect}`,
    target: { dialect, release, bits: 64 },
    base,
    async start(file) {
      // It has colours and hides the cursor.
      const plain = `exec "$0" -D -c "$1" < /dev/null | sed -u 's/\\x1b\\[[?0-9;]*[a-zA-Z]//g'`;
      const at = base.toString(16);
      return new Program("sh", ["-c", plain, program, `load hostfs - ${at} ${file}; source ${at}`]);
    },
  };
}

/** What `rows` do on `board`. */
export async function runThere(
  board: Board,
  rows: readonly Row[],
): Promise<(Result | undefined)[]> {
  const results: (Result | undefined)[] = rows.map(() => undefined);
  // What may bring the board down comes last.
  const order = [...rows.keys()].sort(
    (a, b) => Number(isWild(rows[a] as Row, board)) - Number(isWild(rows[b] as Row, board)),
  );
  const folder = mkdtempSync(join(tmpdir(), "ubootc-table-"));
  try {
    for (let done = 0; done < order.length; ) {
      const left = order.slice(done);
      const file = join(folder, `${done}.bin`);
      writeFileSync(
        file,
        imageOf(
          left.map((index) => rows[index] as Row),
          board,
        ),
      );
      const seen = await watch(await board.start(file), left.length);
      for (const [at, result] of seen.entries()) results[left[at] as number] = result;
      done += seen.length;
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  return results;
}

/** Whether `row` may end the board, or leave it where no more rows run. */
export const isWild = (row: Row, { target }: Board): boolean =>
  !/^\d+$/.test(runHere(row, target).end);

/** Follows the rows until the board says no more: all, or those up to one that ended it. */
async function watch(board: Program, count: number): Promise<Result[]> {
  const results: Result[] = [];
  try {
    while (results.length < count) {
      const at = results.length;
      await board.waitFor(`@begin ${at}\n`, 20_000);
      let text: string;
      try {
        text = await board.waitFor(new RegExp(`[\\s\\S]*?@end ${at} (\\d+)\\n`), 4000);
      } catch {
        const rest = board.output.slice(board.output.indexOf(`@begin ${at}\n`));
        results.push({ console: cleaned(rest.slice(rest.indexOf("\n") + 1)), end: "gone" });
        break;
      }
      const [end, status = ""] = new RegExp(`@end ${at} (\\d+)\\n$`).exec(text) ?? [];
      results.push({ console: cleaned(text.slice(0, -(end?.length ?? 0))), end: status });
    }
  } finally {
    await board.stop();
  }
  return results;
}

const cleaned = (text: string) =>
  shortUsage(text.replaceAll(/^## Executing script at [0-9a-f]+\n/gm, ""));

/** The memory: the script that calls all others, then for each row its script and its variables. */
function imageOf(rows: readonly Row[], { base, target }: Board): Uint8Array {
  const places = rows.map((_, index) => base + 0x40000 + index * 0x8000);
  const hex = (address: number) => address.toString(16);
  const lines: string[] = [];
  const pieces: [number, Uint8Array][] = [];
  for (const [index, row] of rows.entries()) {
    const place = places[index] as number;
    const { environment: given, memory } = environmentOf(row, place + 0x4000);
    const environment = [...given.entries()];
    // `env import` removes backslashes, and takes a variable without a value away.
    const variables = environment
      .map(([name, value]) => `${name}=${value.replaceAll("\\", "\\\\")}\0`)
      .join("");
    const empty = environment.filter(([, value]) => value === "");
    const block = new TextEncoder().encode(`${variables}\0`);
    pieces.push([place, scriptImage(row.text)], [place + 0x3000, block]);
    for (const [address, text] of memory) pieces.push([address, scriptImage(text)]);
    const names = new Set([...environment.map(([name]) => name), ...runHere(row, target).names]);
    if (environment.length > 0)
      lines.push(`env import -b ${hex(place + 0x3000)} ${hex(block.length)}`);
    for (const [name] of empty) lines.push(`setenv '${name}' ""`);
    lines.push(`echo '@begin ${index}'`, `source ${hex(place)}`, `echo "@end ${index} $?"`);
    if (names.size > 0) lines.push(`env delete ${[...names].map((name) => `'${name}'`).join(" ")}`);
  }
  pieces.push([base, scriptImage(`${lines.join("\n")}\n`)]);
  const memory = new Uint8Array((places.at(-1) ?? base) + 0x8000 - base);
  for (const [address, bytes] of pieces) memory.set(bytes, address - base);
  return memory;
}
