// The codes of the checks, as a person meets them: a folder with a flow that trips one and nothing
// else, the message as golden text, and a neighbour that is almost the same and compiles.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { compile } from "../../src/compile.js";
import { allCodes, entryOf, render } from "../../src/diagnostics/index.js";
import type { Files } from "../../src/files/index.js";
import { contentOf } from "../../src/image/index.js";
import { stubs } from "./stubs.js";

const here = import.meta.dirname;
const example = (name: string) => readFileSync(join(here, "../../examples/zero-client", name));

const shared: typeof stubs = {
  ...stubs,
  "Image.gz": () => contentOf(example("Image.gz")),
  "pi3.dtb": () => contentOf(example("bcm2837-rpi-3-b.dtb")),
  Image: stubs["unpacked.gz"] as () => ReturnType<typeof contentOf>,
  unpacked: stubs["unpacked.gz"] as () => ReturnType<typeof contentOf>,
  "notes.txt": () => contentOf(new TextEncoder().encode("some notes\n")),
};

const filesOf = (code: string): Files => ({
  open(path) {
    const file = join(here, code, path);
    if (existsSync(file)) return contentOf(readFileSync(file));
    return shared[path]?.() ?? { code: "missing", path, message: `${path}: no such file` };
  },
});

const folders = readdirSync(here, { withFileTypes: true }).filter((each) => each.isDirectory());
const codes = allCodes.filter((code) => folders.some(({ name }) => name === code));

describe.each(codes)("%s", (code) => {
  const { artifacts, diagnostics } = compile("flow.boot", { files: filesOf(code) });

  it("is all that is said of its flow, at a place", async () => {
    const text = diagnostics.map((each) => render(each)).join("\n");
    expect(
      diagnostics.map((each) => each.code),
      text,
    ).toEqual([code]);
    await expect(text).toMatchFileSnapshot(join(here, code, "expected.txt"));
    expect(diagnostics[0]?.labels).not.toEqual([]);
    expect(artifacts === undefined).toBe(entryOf(code).severity === "error");
  });

  it("is not said of its neighbour, which compiles", () => {
    const neighbour = compile("neighbour.boot", { files: filesOf(code) });
    expect(neighbour.diagnostics.map((each) => render(each)).join("\n")).toBe("");
    expect(neighbour.artifacts).toBeDefined();
  });

  it("says what to do, and is explained", () => {
    expect(diagnostics[0]?.help, "help").toBeTruthy();
    expect(entryOf(code).explain.length, "explanation").toBeGreaterThan(100);
  });
});
