// The same with 10 000 values that the compiler takes.
import fc from "fast-check";
import { expect, it } from "vitest";
import { commandsOf, places, scriptWith, values } from "./client-values.js";

it("10 000 accepted values run no extra command", () => {
  const harmless = new Map(places.map((place) => [place, scriptWith(place, "0x77777") ?? ""]));
  let accepted = 0;
  for (let seed = 1; accepted < 10_000; seed++) {
    for (const [at, value] of fc.sample(values, { numRuns: 1000, seed }).entries()) {
      const place = places[at % places.length] as string;
      const script = scriptWith(place, value);
      if (script === undefined) continue;
      accepted += 1;
      for (const dialect of ["old", "modern"] as const) {
        const plain = commandsOf(harmless.get(place) ?? "", dialect);
        expect(commandsOf(script, dialect), `${place}: ${JSON.stringify(value)}`).toEqual(plain);
      }
    }
  }
  console.log(`${accepted} values`);
});
