// What no person nests: readers that follow a text by calling themselves say so, or leave it alone.
import { describe, expect, it } from "vitest";
import { findBoard } from "../../src/boards/index.js";
import { contentOf, identify, readFdt, readItsText } from "../../src/image/index.js";
import { importScript } from "../../src/import/index.js";
import { lint, readScripts } from "../../src/lint/index.js";
import { simulate } from "../../src/simulator/index.js";
import { isQuick } from "../tools/runs.js";

const DEEP = 6_000;
const nested = (open: string, inside: string, close: string, deep = DEEP) =>
  `${open.repeat(deep)}${inside}${close.repeat(deep)}\n`;
/** Blocks take their time. */
const fewer = isQuick ? 2_000 : DEEP;

const scripts = {
  ifs: nested("if true; then ", "echo x", "; fi", fewer),
  loops: nested("while true; do ", "echo x", "; done", fewer),
  groups: nested("{ ", "echo x", "; }", fewer),
  variables: nested("echo ${", "a", "}"),
  round: "setenv a 'run a'\nrun a\n",
  pairs: "setenv a 'run b; run b'\nsetenv b 'run a; run a'\nrun a\n",
};

describe.each(Object.entries(scripts))("a script of %s", (_, text) => {
  const found = readScripts("deep.cmd", contentOf(new TextEncoder().encode(text)));
  if (typeof found === "string" || !found[0]) throw new Error(String(found));
  const [script] = found;

  it("is checked, imported and simulated without an end of the stack", () => {
    expect(() => lint(script)).not.toThrow();
    expect(() => importScript(script)).not.toThrow();
    const board = findBoard("qemu_arm64");
    if (!board) throw new Error("no board");
    const world = { devices: new Map(), environment: {} };
    expect(() => simulate({ text }, { board, world })).not.toThrow();
  });
});

it("a device tree and a source of one", () => {
  const begin = [0, 0, 0, 1, 0x61, 0, 0, 0];
  const nodes = [...Array(DEEP).fill(begin), ...Array(DEEP).fill([0, 0, 0, 2])].flat();
  const structure = Uint8Array.from([0, 0, 0, 1, 0, 0, 0, 0, ...nodes, 0, 0, 0, 2, 0, 0, 0, 9]);
  const tree = new Uint8Array(56 + structure.length);
  const view = new DataView(tree.buffer);
  const header = [0xd00dfeed, tree.length, 56, tree.length, 40, 17, 16, 0, 0, structure.length];
  for (const [index, value] of header.entries()) view.setUint32(4 * index, value);
  tree.set(structure, 56);
  expect(() => readFdt(contentOf(tree))).not.toThrow();
  expect(() => identify(contentOf(tree))).not.toThrow();
  expect(readItsText(`/dts-v1/; / { ${nested("a { ", "", "}; ")} };`).problems).toHaveLength(1);
});
