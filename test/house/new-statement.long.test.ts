// A statement with two blocks, added to a copy of the sources: the type checker names the places that have
// to know of it, and no walk passes it over in silence.
import { spawnSync } from "node:child_process";
import { cpSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { emptyFolder } from "../cli/cli.js";

const repository = join(import.meta.dirname, "../..");

/** The files, below src, that the type checker names once `change` is made to the text of `file`. */
function namedAfter(file: string, change: (text: string) => string): readonly string[] {
  const copy = emptyFolder();
  for (const each of ["src", "tsconfig.json", "package.json"]) {
    cpSync(join(repository, each), join(copy, each), { recursive: true });
  }
  symlinkSync(join(repository, "node_modules"), join(copy, "node_modules"));
  const path = join(copy, "src", file);
  const text = readFileSync(path, "utf8");
  const changed = change(text);
  expect(changed).not.toBe(text);
  writeFileSync(path, changed);
  const tsc = join(repository, "node_modules/.bin/tsc");
  const { stdout } = spawnSync(tsc, ["-p", copy, "--noEmit", "--pretty", "false"], {
    cwd: copy,
    encoding: "utf8",
  });
  const named = stdout.split("\n").flatMap((line) => /^src\/(\S+?)\(/.exec(line)?.[1] ?? []);
  return [...new Set(named)].sort();
}

const menu = (item: string, block: string) => `
export interface Menu extends ${item} {
  readonly body: ${block};
  readonly fallback: ${block};
}
`;

it("names each walk over statements", () => {
  const named = namedAfter("language/syntax.ts", (text) =>
    text.replace(
      "export type Statement =\n",
      (all) => `${menu('Item<"menu">', "Block")}\n${all}  | Menu\n`,
    ),
  );
  expect(named).toEqual([
    "check/flow/unreachable.ts",
    "draw/flow-graph.ts",
    "language/visit.ts",
    "steps/read.ts",
  ]);
}, 120_000);

it("names each walk over steps", () => {
  const named = namedAfter("steps/step.ts", (text) =>
    text.replace(
      "export type Step =\n",
      (all) => `${menu('StepOf<"menu">', "Steps")}\n${all}  | Menu\n`,
    ),
  );
  expect(named).toEqual([
    "check/flow/chain-cycle.ts",
    "check/flow/no-fallback.ts",
    "check/flow/save-wear.ts",
    "check/flow/variable-unset.ts",
    "generate/shell/lower.ts",
    "memory/timeline.ts",
    "steps/visit.ts",
  ]);
}, 120_000);
