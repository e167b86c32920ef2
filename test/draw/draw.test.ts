// Drawings: golden text, and what has to hold of each whatever it shows.
import { join } from "node:path";
import DOMPurify from "dompurify";
import { describe, expect, it } from "vitest";
import { plans } from "../../src/compile.js";
import { hasErrors } from "../../src/diagnostics/index.js";
import { flowGraph, memoryMaps, memorySvg, memoryText, mermaid } from "../../src/draw/index.js";
import { memoryFiles } from "../../src/files/index.js";
import { bytesOf, encodeFdt, readItsText } from "../../src/image/index.js";
import type { Plan } from "../../src/memory/index.js";
import { isQuick } from "../tools/runs.js";
import { drawings, mapsOf, planOf } from "./drawings.js";
import { names, planned } from "./flows.js";
import { type Written, writtenIn } from "./written.js";

describe.each(names)("%s", (name) => {
  const plan = planOf(name);

  it.each(Object.entries(drawings))("as %s", async (kind, draw) => {
    const golden = join(import.meta.dirname, "golden", `${name}.${kind}`);
    await expect(draw(plan)).toMatchFileSnapshot(golden);
  });

  it.each(["map.svg", "graph.svg"] as const)("%s is legible", (kind) => {
    const svg = drawings[kind](plan);
    const { width, height, texts } = writtenIn(svg);
    expect(width).toBeLessThanOrEqual(kind === "map.svg" ? 1000 : 1600);
    const cut = texts.filter((text) => text.left < 0 || text.right > width || text.bottom > height);
    expect(cut).toEqual([]);
    expect(overlapping(texts)).toEqual([]);
    expect(svg).not.toMatch(/NaN|undefined|Infinity/);
  });

  it.skipIf(isQuick)("is taken by Mermaid's own parser", async () => {
    // The parser cleans labels through a browser's DOM, which there is none of here.
    Object.assign(DOMPurify, { addHook: () => {}, sanitize: (text: string) => text });
    const { default: parser } = await import("mermaid");
    const graph = flowGraph(plan);
    const text = mermaid(graph);
    expect(await parser.parse(text)).toMatchObject({ diagramType: "flowchart-v2" });
    const { db } = await parser.mermaidAPI.getDiagramFromText(text);
    const read = db as unknown as { getVertices(): Map<string, unknown>; getEdges(): unknown[] };
    const ids = graph.scripts.flatMap(({ nodes }) => nodes.map(({ id }) => id));
    expect([...read.getVertices().keys()].toSorted()).toEqual(ids.toSorted());
    expect(read.getEdges()).toHaveLength(graph.edges.length);
  });
});

/** Texts that cover one another. */
function overlapping(texts: readonly Written[]): readonly string[] {
  return texts.flatMap((a, index) =>
    texts
      .slice(index + 1)
      .filter((b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom)
      .map((b) => `${a.text} / ${b.text}`),
  );
}

it.skipIf(isQuick)("Mermaid's parser is one that refuses", async () => {
  const { default: parser } = await import("mermaid");
  await expect(parser.parse('flowchart TD\n a["x" --> b["y"]\n')).rejects.toThrow(/Parse error/);
});

it("draws in red what the checks object to, and only that", () => {
  for (const name of names) {
    const { diagnostics } = planned(name);
    const clashes = mapsOf(planOf(name)).flatMap(({ steps }) =>
      steps.flatMap((step) => step.clashes),
    );
    expect(clashes.length > 0, name).toBe(hasErrors(diagnostics));
  }
});

it("calls no memory free that the board has not", () => {
  const { tree } = readItsText(
    '/dts-v1/; /memreserve/ 0x200000000 0x100000; / { compatible = "raspberrypi,3-model-b"; };',
  );
  const kernel = Buffer.alloc(1 << 20);
  kernel.writeUInt32LE(0x644d5241, 56);
  const held = {
    "a.boot": `board rpi_3
kernel linux from "Image"
dtb pi3 from "pi3.dtb"
script boot on sdcard "boot.scr" { boot linux with pi3 }
script more on sdcard "more.scr" { load pi3 from mmc 0:1 }
`.replace(
      "boot linux with pi3",
      "load linux from mmc 0:1\n  load pi3 from mmc 0:1\n  boot linux with pi3\n",
    ),
    Image: kernel,
    "pi3.dtb": tree ? bytesOf(encodeFdt(tree)) : Buffer.alloc(0),
  };
  const { plan } = plans("a.boot", { files: memoryFiles(held) });
  const svg = memorySvg(mapsOf(plan as Plan), "a");
  const free = [...svg.matchAll(/([\d.]+) MiB free/g)].map(([, size]) => Number(size));
  expect(svg).toContain("no memory");
  expect(Math.max(...free)).toBeLessThan(1024);
});

it("says how much each thing can grow, and colours only when it is asked", () => {
  const text = memoryText(mapsOf(planOf("large")));
  expect(text).toContain("linux running can grow by 614.4 KiB, up to linux image (step 3)");
  const clashing = mapsOf(planOf("clashing"));
  expect(memoryText(clashing)).not.toContain("\u001b");
  expect(memoryText(clashing, { color: true })).toContain(
    "\u001b[31m  !! linux image and pi3 share",
  );
});

it("draws the scripts that a client runs, and no others", () => {
  const plan = planOf("large");
  const second = memoryMaps(plan, plan.program.clients[1]);
  expect(second.map(({ script, client }) => [script, client])).toEqual([
    ["boot", undefined],
    ["netboot", "bench-2"],
  ]);
});
