// Flows for the tests of trials: compiled from memory, with the inputs of the compiler's own tests.
import { basename, join } from "node:path";
import { compile } from "../../src/compile.js";
import { diskFiles } from "../../src/files/index.js";
import { contentOf } from "../../src/image/index.js";
import { startOf } from "../../src/program/index.js";
import { Bench, type Desk } from "../../src/trial/index.js";
import { shown } from "../compile/build.js";
import { inputs } from "../compile/inputs.js";

/** An example's path. */
export const example = (name: string) =>
  join(import.meta.dirname, `../../examples/${name}/${name}.boot`);

/** The flow at `path`, or that of `text`, built. */
export function bench(path: string, text?: string, options: { strip?: boolean } = {}): Bench {
  const disk = diskFiles();
  const files = {
    open(asked: string) {
      if (asked === path && text !== undefined) return contentOf(new TextEncoder().encode(text));
      const opened = disk.open(asked);
      const made = "code" in opened ? inputs.get(basename(asked)) : undefined;
      return made ? contentOf(made) : opened;
    },
  };
  const { artifacts, plan, diagnostics } = compile(path, { files, ...options });
  if (!artifacts || !plan) throw new Error(shown(diagnostics));
  return new Bench(plan, artifacts);
}

/** The desk of a flow's client, or of the first. */
export function deskOf(built: Bench, name?: string): Desk {
  const { program } = built;
  const client = program.clients.find((each) => name === undefined || each.name === name);
  const [first] = program.scripts.values();
  const start = first && startOf(program, first.span, () => {});
  const desk = start && built.desk(client, start);
  if (!desk) throw new Error("no desk");
  return desk;
}
