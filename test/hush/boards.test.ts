// The table of small scripts in real U-Boots: Debian's for QEMU's machines, and those built for the
// host that UBOOT_SANDBOX names.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { have, run } from "../tools/tools.js";
import { type Board, qemuBoards, runThere, sandbox } from "./boards.js";
import { readTable, resultFor, shownResult } from "./table.js";

const folder = join(import.meta.dirname, "table");
const rows = readdirSync(folder)
  .filter((name) => name.endsWith(".txt"))
  .flatMap((name) => readTable(readFileSync(join(folder, name), "utf8")));

async function differences(board: Board): Promise<string[]> {
  const seen = await runThere(board, rows);
  return rows.flatMap((row, index) => {
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

const named = (process.env.UBOOT_SANDBOX ?? "").split(":").filter((each) => each !== "");
describe.each(named)("%s", (program) => {
  const { stdout } = run(program, ["-D", "-c", "version; cli get"]);
  const release = /U-Boot (\d+\.\d+)/.exec(stdout)?.[1] ?? "";
  it.each(["old", "modern"] as const)(
    "does what the table says with the %s parser",
    async (dialect) => {
      expect((await differences(sandbox(program, release, dialect))).join("\n")).toBe("");
    },
    300_000,
  );
});
