// Our drawings drawn by librsvg. Needs rsvg-convert.
import { expect, it } from "vitest";
import { drawings, planOf } from "../../draw/drawings.js";
import { names } from "../../draw/flows.js";
import { have, run } from "../../tools/tools.js";

it.runIf(have("rsvg-convert")).each(names)("%s is drawn by another program", (name) => {
  for (const kind of ["map.svg", "graph.svg"] as const) {
    const { status, stderr } = run("rsvg-convert", [], { input: drawings[kind](planOf(name)) });
    expect(status, stderr).toBe(0);
  }
});
