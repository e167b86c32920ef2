// Whatever value the compiler takes runs no command that a harmless one does not: in both parsers, and
// on a real board.
import fc from "fast-check";
import { expect, it } from "vitest";
import { have } from "../tools/tools.js";
import { qemuBoards, runThere } from "./boards.js";
import { commandsOf, places, scriptWith, values } from "./client-values.js";
import { runHere } from "./interpreter.js";

it("accepted values run no extra command", () => {
  fc.assert(
    fc.property(fc.constantFrom(...places), values, (place, value) => {
      const script = scriptWith(place, value);
      const plain = scriptWith(place, "0x77777") ?? "";
      for (const dialect of ["old", "modern"] as const) {
        if (script) expect(commandsOf(script, dialect)).toEqual(commandsOf(plain, dialect));
      }
    }),
    { numRuns: 300 },
  );
});

const [board] = qemuBoards;
it.runIf(board && have("qemu-system-aarch64", `/usr/lib/u-boot/${board.name}/u-boot.bin`))(
  "nor on a board",
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
  60_000,
);
