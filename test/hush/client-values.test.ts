// Whatever value the compiler takes runs no command that a harmless one does not: in both
// parsers.
import fc from "fast-check";
import { expect, it } from "vitest";
import { runs } from "../tools/runs.js";
import { commandsOf, places, scriptWith, values } from "./client-values.js";

it("accepted values run no extra command", () => {
  fc.assert(
    fc.property(fc.constantFrom(...places), values, (place, value) => {
      const script = scriptWith(place, value);
      const plain = scriptWith(place, "0x77777") ?? "";
      for (const dialect of ["old", "modern"] as const) {
        if (script) expect(commandsOf(script, dialect)).toEqual(commandsOf(plain, dialect));
      }
    }),
    { numRuns: runs(300) },
  );
});
