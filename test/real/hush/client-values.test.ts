// Whatever value the compiler takes runs no command that a harmless one does not on a real board. Needs
// QEMU and U-Boot for it.
import fc from "fast-check";
import { expect, it } from "vitest";
import { scriptWith, values } from "../../hush/client-values.js";
import { runHere } from "../../hush/interpreter.js";
import { have } from "../../tools/tools.js";
import { qemuBoards, runThere } from "./boards.js";

const [board] = qemuBoards;
it.runIf(board && have("qemu-system-aarch64", `/usr/lib/u-boot/${board.name}/u-boot.bin`))(
  "accepted values run no extra command on a board",
  async () => {
    if (!board) return;
    const scripts = fc
      .sample(values, { numRuns: 400, seed: 5 })
      .flatMap((value) => scriptWith('print "V"', value) ?? [])
      .slice(0, 40);
    expect(scripts.length).toBe(40);
    const rows = scripts.map((text) => ({
      ...{ section: "", remarks: [], results: [], environment: {}, scripts: {} },
      text,
    }));
    const seen = await runThere(board, rows);
    expect(seen.map((each) => each?.console)).toEqual(
      rows.map((row) => runHere(row, board.target).console),
    );
  },
  240_000,
);
