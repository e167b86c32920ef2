// What is too large or too deep is refused with a message, at once and without reading it; and what a
// stage does grows no faster than the flow.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { commandsOf } from "../../src/check/commands.js";
import { compile } from "../../src/compile.js";
import { type Files, LARGEST, memoryFiles } from "../../src/files/index.js";
import type { Node } from "../../src/hush/index.js";
import { contentOf, readIts } from "../../src/image/index.js";
import { layoutFor } from "../../src/memory/layout.js";
import { isQuick, runs, some } from "../tools/runs.js";
import { board, inScript, rows } from "./large.js";

const GiB = 2 ** 30;
/** Inputs of which those in `huge` have so many bytes, which nobody may read. */
function filesWith(
  flow: string,
  held: Readonly<Record<string, string>>,
  huge: readonly string[],
): Files {
  const memory = memoryFiles({ "flow.boot": flow, ...held });
  const read = () => {
    throw new Error("read whole");
  };
  return {
    open: (path) => (huge.includes(path) ? { size: 2 * GiB, read } : memory.open(path)),
    list: (path) => huge.filter((each) => each.startsWith(`${path}/`)).map((each) => each.slice(3)),
  };
}

describe("refuses", () => {
  for (const [what, code, flow, held = {}, huge = []] of some(rows)) {
    it(what, () => {
      const files = filesWith(flow, held, huge);
      const { diagnostics, artifacts } = compile("flow.boot", { files });
      expect(diagnostics.map((each) => each.code)).toContain(code);
      expect(diagnostics.length).toBeLessThan(50);
      expect(artifacts).toBeUndefined();
    });
  }
});

it("passes over any number of comments in a table", () => {
  const held = { "c.csv": `name,a\n${"#\n".repeat(1_000_000)}c,1\n` };
  const files = filesWith(`${board}clients from "c.csv"\n`, held, []);
  expect(compile("flow.boot", { files }).diagnostics).toEqual([]);
});

it("refuses device tree sources that include each other twice", () => {
  const content = contentOf(Buffer.from('/include/"x"/include/"x"'));
  let opened = 0;
  const open = (name: string) => {
    opened++;
    return { name, content };
  };
  const { problems } = readIts({ name: "x", content }, { open });
  expect(problems[0]?.code).toBe("its-include");
  expect(opened).toBeLessThan(3000);
});

it("looks for the place of a command once for each step", () => {
  const command: Node = { type: "command", words: [["true"]] };
  const tree = Array.from({ length: 5000 }, () => ({ ...command }));
  let asked = 0;
  class Counted extends Map {
    override get(key: unknown) {
      asked++;
      return super.get(key);
    }
    override has(key: unknown) {
      asked++;
      return super.has(key);
    }
  }
  const script = { tree, origins: new Counted() } as unknown as Parameters<typeof commandsOf>[0];
  expect(commandsOf(script)).toHaveLength(5000);
  expect(asked).toBeLessThanOrEqual(3 * 5000);
});

it.skipIf(isQuick)("gives each of a thousand scripts memory of its own", () => {
  const flow =
    board + Array.from({ length: 1000 }, (_, at) => `script s${at} on tftp "${at}" { }\n`).join("");
  const { program } = compile("flow.boot", { files: memoryFiles({ "flow.boot": flow }) });
  if (!program) throw new Error("the flow has errors");
  const slots = [...layoutFor(program, program.board, undefined).slots.values()];
  slots.sort((a, b) => a.start - b.start);
  expect(slots).toHaveLength(1000);
  for (const [at, { start }] of slots.entries()) {
    const before = slots[at - 1];
    if (before) expect(start).toBeGreaterThanOrEqual(before.start + before.size);
  }
});

describe("the reference", () => {
  const text = readFileSync(join(import.meta.dirname, "../../grammar/README.md"), "utf8");
  const [, table = ""] = /## How large things may be\n([\s\S]*?)\n## /.exec(text) ?? [];
  it.each(Object.entries(LARGEST))("names the limit of a %s", (what, bytes) => {
    const size = bytes >= 1 << 20 ? `${bytes / (1 << 20)} MiB` : `${bytes / 1024} KiB`;
    expect(table).toContain(`| ${what} | ${size}`);
  });
});

it("ends for any piece of a flow that is written many times", () => {
  const pieces = [
    "{",
    "}",
    "(",
    ")",
    '"',
    "\\",
    "#",
    "\n",
    " ",
    "${a}",
    "{a}",
    "if",
    "not ",
    "a.b",
  ];
  const piece = fc.array(fc.constantFrom(...pieces, 'include "flow.boot"\n'), { maxLength: 6 });
  fc.assert(
    fc.property(piece, fc.integer({ min: 1, max: 3000 }), fc.boolean(), (some, times, inside) => {
      const body = some.join("").repeat(times);
      const flow = inside ? inScript(body) : board + body;
      const { diagnostics } = compile("flow.boot", { files: memoryFiles({ "flow.boot": flow }) });
      expect(diagnostics.length).toBeLessThanOrEqual(20 + flow.split("\n").length);
    }),
    { numRuns: runs(20) },
  );
});
