// Every folder beside this file is a flow and what comes out of it, in expected/: the text of each
// script, and files.txt with the files of the build. Its first line is the command that builds it.
// A change that is meant is written there with `vitest -u` and reviewed as a diff.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { expect, it } from "vitest";
import { build } from "./build.js";

const here = import.meta.dirname;
const folders = readdirSync(here, { withFileTypes: true }).filter((each) => each.isDirectory());

it.each(folders.map(({ name }) => name))("%s", async (name) => {
  const flow = join(here, name, "flow.boot");
  const expected = join(here, name, "expected");
  const { scripts, files } = build(flow, flagsIn(readFileSync(flow, "utf8")));
  for (const [path, text] of scripts) {
    // A script has no line end behind its last line; a text file has one.
    await expect(`${text}\n`).toMatchFileSnapshot(join(expected, `${path}.txt`));
  }
  await expect(files).toMatchFileSnapshot(join(expected, "files.txt"));
  const known = new Set([...scripts.keys()].map((path) => `${path}.txt`)).add("files.txt");
  expect(filesBelow(expected).filter((path) => !known.has(path))).toEqual([]);
});

/** What `# ubootc build flow.boot -D name=value --strip` in the first line asks for. */
function flagsIn(text: string) {
  const [command = ""] = text.split("\n", 1);
  const [start, ...flags] = command.split(" flow.boot");
  if (start !== "# ubootc build") throw new Error(`the first line is no command: ${command}`);
  const defined = [...flags.join("").matchAll(/ -D (\w+)=(\S+)/g)];
  return {
    parameters: Object.fromEntries(defined.map(([, key = "", value = ""]) => [key, value])),
    strip: / --strip\b/.test(command),
  };
}

function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((each) => each.isFile())
    .map((each) => relative(folder, join(each.parentPath, each.name)).replaceAll("\\", "/"));
}
