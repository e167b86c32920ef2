// The examples for Raspberry Pis, booted by models of their firmware: over TFTP, from what
// `ubootc serve` serves of the flow; and what a model misses when a file is gone.
import { cpSync, existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { compile } from "../../src/compile.js";
import { render } from "../../src/diagnostics/index.js";
import { diskFiles } from "../../src/files/index.js";
import { bytesOf } from "../../src/image/index.js";
import { emptyFolder } from "../cli/cli.js";
import { serve } from "../serve/serving.js";
import { have, runAsync } from "../tools/tools.js";
import { boot, type Fetch, type Model, models } from "./models.js";

const examples = join(import.meta.dirname, "../../examples");

/** A board of an example: the folder it asks for first. */
const boards: readonly [example: string, model: keyof typeof models, folder: string][] = [
  ["pi3-proxy", "pi3", "c0ffee01"],
  ["pi3-proxy", "pi4", "abcdef01"],
  ["pi-by-mac", "pi3", "c0ffee01"],
  ["pi4-home", "pi4", "abcdef01"],
  ["pi-wire", "pi4", "abcdef01"],
  ["pi-wire", "pi5", "12345678"],
];

const all = readdirSync(examples).filter((name) =>
  existsSync(join(examples, name, `${name}.boot`)),
);

it.each(all)("%s has no errors", (name) => {
  const files = diskFiles();
  const { diagnostics, artifacts } = compile(join(examples, name, `${name}.boot`), { files });
  files.close();
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  expect(errors.map((each) => render(each)).join("\n")).toBe("");
  expect(artifacts).toBeDefined();
});

/** The files of `example` for the TFTP server, by name. */
function tree(example: string): Map<string, string> {
  const files = diskFiles();
  const { artifacts = [] } = compile(join(examples, example, `${example}.boot`), { files });
  const served = artifacts.filter(({ root }) => root === "tftp");
  const texts = new Map(
    served.map(({ name, content }) => [name, Buffer.from(bytesOf(content)).toString("latin1")]),
  );
  files.close();
  return texts;
}

describe.each(boards)("%s, %s", (example, kind, folder) => {
  const model: Model = models[kind];
  const files = tree(example);
  const from =
    (without?: string): Fetch =>
    async (name) =>
      name === without ? undefined : files.get(name);

  it("comes up with the flow's arguments", async () => {
    const { missed, cmdline } = await boot(model, folder, from());
    expect(missed).toBeUndefined();
    expect(cmdline).toMatch(/^console=\S+ .*root=\/dev\/nfs nfsroot=\S+ ip=dhcp r[ow] rootwait$/);
  });

  it("says what it misses", async () => {
    const { asked } = await boot(model, folder, from());
    const came = [...new Set(asked.filter(([, there]) => there).map(([name]) => name))];
    const spare = /cmdline\.txt$|kernel_2712\.img$/;
    for (const name of came.filter((each) => !spare.test(each))) {
      // Without what it looks for a folder by, a board goes on in the root, and what is missing
      // there is the first thing that is not.
      const { missed } = await boot(model, folder, from(name));
      expect(missed, `without ${name}`).toBeDefined();
      const probe = model.probes.includes(name.replace(`${folder}/`, ""));
      if (!probe) expect(missed).toBe(name);
    }
  });
});

describe.runIf(have("curl"))("over TFTP from ubootc serve", () => {
  it.each([
    ["pi3-proxy", "pi3", "c0ffee01", "shelf (00000000c0ffee01, 127.0.0.1)"],
    ["pi-wire", "pi4", "abcdef01", "127.0.0.1"],
  ] as const)("%s: %s boots, and nothing alarming is said", async (example, kind, folder, name) => {
    const cwd = emptyFolder();
    cpSync(examples, join(cwd, "examples"), { recursive: true });
    const { program, tftp } = await serve(join(cwd, `examples/${example}/${example}.boot`));
    const fetch: Fetch = async (file) => {
      const url = `tftp://127.0.0.1:${tftp}/${file}`;
      const { status, stdout } = await runAsync("curl", ["-sS", "--tftp-blksize", "1024", url]);
      return status === 0 ? stdout : undefined;
    };
    const { missed, cmdline } = await boot(models[kind], folder, fetch);
    expect(missed).toBeUndefined();
    expect(cmdline).toContain("root=/dev/nfs");
    const said = program.output.split("\n");
    expect(said.filter((line) => /asked for|stopped at/.test(line))).toEqual([]);
    expect(said.some((line) => line.includes(`${name}: goes on without`))).toBe(true);
    rmSync(cwd, { recursive: true, force: true });
  });
});
