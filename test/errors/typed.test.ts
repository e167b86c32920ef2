// Helps that say what to type: typed into the flow or script of their code, the code is gone, and
// nothing new is found.
import { describe, expect, it } from "vitest";
import { allCodes, type Diagnostic, edited, render } from "../../src/diagnostics/index.js";
import { looked } from "./looked.js";

const typedCodes = allCodes.filter((code) => edits(code).length > 0);

function edits(code: string) {
  return looked(code, "flow").diagnostics.flatMap(({ edits = [] }) => edits);
}

/** What is found once the helps are typed, again and again where one text has several of a kind. */
function left(code: string): readonly Diagnostic[] {
  const changed = new Map<string, string>();
  let found = looked(code, "flow").diagnostics;
  for (let round = 0; round < 5; round++) {
    const [first] = found;
    if (!first?.edits) break;
    for (const { source } of new Set(first.edits.map(({ span }) => span))) {
      changed.set(source.name, edited(source, first.edits));
    }
    found = looked(code, "flow", changed).diagnostics;
  }
  return found;
}

describe("a help that is typed", () => {
  it.each(typedCodes)("of %s leaves nothing to find", (code) => {
    expect(
      left(code)
        .map((each) => render(each))
        .join("\n"),
    ).toBe("");
  });

  it("is there wherever the help says all that is to be written", () => {
    const whole = /^(?:did you mean|write) `[^`…A-Z]*`\??$/;
    const helps = allCodes.map((code) => [code, looked(code, "flow").diagnostics[0]?.help ?? ""]);
    const said = helps.filter(([, help = ""]) => whole.test(help)).map(([code = ""]) => code);
    // What is misspelt stands on the command line.
    expect(said.filter((code) => edits(code).length === 0)).toEqual(["param-unknown"]);
  });
});
