// No text makes the interpreter throw or hang: parts of scripts in any order, in both dialects.
import fc from "fast-check";
import { expect, it } from "vitest";
import { builtins, parse, run } from "../../src/hush/index.js";
import { runs } from "../tools/runs.js";

const pieces = [
  ...[
    "if ",
    "then ",
    "else\n",
    "fi",
    "for i in ",
    "while ",
    "until ",
    "do ",
    "done",
    "true",
    "false",
  ],
  ...["echo ", "a", "$v", "${v}", "${", "}", '"', "'", "\\", ";", "&&", "||", "&", "|", "#", "\n"],
  ...[" ", "x=1", "x=", "exit 1", "run v", "$?", "(", ")", "{", "!", "test ", "-n ", "\u0003", "é"],
];
const texts = fc.array(fc.constantFrom(...pieces), { maxLength: 30 }).map((each) => each.join(""));

it.each(["old", "modern"] as const)("any text comes to an end with the %s parser", (dialect) => {
  fc.assert(
    fc.property(texts, texts, (text, value) => {
      const environment = new Map([["v", value]]);
      const limits = { steps: 500, output: 5000, depth: 20 };
      const ran = run(text, { dialect, commands: builtins, environment, limits });
      expect(ran.outcome.kind).toMatch(/^[a-z]+$/);
      parse(text, dialect);
    }),
    { numRuns: runs(5000) },
  );
});
