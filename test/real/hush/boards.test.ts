// The table of small scripts in real U-Boots: Debian's for QEMU's machines, which have the old parser,
// and those that somebody built for the host ("sandbox") with one parser each and named in UBOOT_OLD and
// UBOOT_MODERN. Rows that may bring the board down take seconds each: of them it runs two, and all
// where UBOOTC_WILD is set. The modern rows were seen on such a build of 2026.07.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readTable, resultFor, shownResult } from "../../hush/table.js";
import { have } from "../../tools/tools.js";
import { type Board, isWild, qemuBoards, runThere, sandbox } from "./boards.js";

const folder = join(import.meta.dirname, "../../hush/table");
const rows = readdirSync(folder)
  .filter((name) => name.endsWith(".txt"))
  .flatMap((name) => readTable(readFileSync(join(folder, name), "utf8")));

/** How many rows run that may bring a board down. */
const wild = process.env.UBOOTC_WILD ? rows.length : 2;

/** Remarks on rows that a board does differently for a reason of its own, or all do. */
const isKnown = (remark: string, { base }: Board) =>
  remark.startsWith("known: ") || (base < 0x10000000 && remark.startsWith("known on a host: "));

async function differences(board: Board): Promise<string[]> {
  const known = rows.filter(({ remarks }) => !remarks.some((each) => isKnown(each, board)));
  const asked = [
    ...known.filter((row) => !isWild(row, board)),
    ...known.filter((row) => isWild(row, board)).slice(0, wild),
  ];
  const seen = await runThere(board, asked);
  return asked.flatMap((row, index) => {
    const result = seen[index];
    if (!result) return [`${row.text}\n  not run`];
    const expected = resultFor(row, board.target) ?? "";
    const shown = shownResult({
      ...result,
      console: result.console.replaceAll("\r", ""),
    }).replaceAll("␍", "");
    const [said = "", end = "0"] = expected.replaceAll("␍", "").split(/ ?→ /);
    // A board that gives up says more than the shell, and other things than another board.
    const isEqual = /\d/.test(end)
      ? shown === expected.replaceAll("␍", "")
      : shown.startsWith(said.replace("⊣", ""));
    return isEqual ? [] : [`${row.text}\n  table  ${expected}\n  board  ${shown}`];
  });
}

describe.each(qemuBoards)("$name", (board) => {
  it.runIf(
    have("qemu-system-aarch64", "qemu-system-arm", `/usr/lib/u-boot/${board.name}/u-boot.bin`),
  )(
    "does what the table says",
    async () => expect((await differences(board)).join("\n")).toBe(""),
    120_000,
  );
});

describe.each(["old", "modern"] as const)("a %s sandbox", (dialect) => {
  const program = process.env[`UBOOT_${dialect.toUpperCase()}`];
  it.runIf(program)(
    "does what the table says",
    async () => {
      const text = readFileSync(`${program}`, "latin1");
      const [, release = ""] = /U-Boot (\d+\.\d+)/.exec(text) ?? [];
      expect((await differences(sandbox(`${program}`, release, dialect))).join("\n")).toBe("");
    },
    300_000,
  );
});
