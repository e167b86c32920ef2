// grammar/README.md is true: each of its examples is compiled, and what stands below it is compared
// with what comes out. `vitest -u` writes the blocks anew; tables and refusals are only compared.
//
// ```boot             statements; they stand in the first line of a script of the frame
// ```boot frame       the declarations around them
// ```boot flow        a whole flow
//    board NAME, refused CODE    behind any of these: compiled for that board, refused with that
// ```uboot [PATH]     the example's script, or the one of that name, from its first statement on
//    whole            behind it: with comments, beginning and end
// ```files            the files of the build
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { allCodes } from "../../src/diagnostics/index.js";
import { isQuick, some } from "../tools/runs.js";
import { type Built, build, shown, tryBuild } from "./build.js";

const grammar = join(import.meta.dirname, "../../grammar");
const path = join(grammar, "README.md");
const text = readFileSync(path, "utf8");

/** A block between fences: the words behind the first fence, and what is in it. */
interface Fenced {
  readonly words: readonly string[];
  readonly content: string;
  readonly line: number;
}

const fence = /^```(\S.*)\n([\s\S]*?)^```$/gm;
const blocks = [...text.matchAll(fence)].map(
  ([, info = "", content = "", ...rest]): Fenced => ({
    words: info.split(" "),
    content,
    line: text.slice(0, Number(rest[0])).split("\n").length,
  }),
);
const examples = blocks.filter(({ words }) => words[0] === "boot" && words[1] !== "frame");
const frame = blocks.find(({ words }) => words[1] === "frame")?.content ?? "";

const spansIn = (cell: string) =>
  [...cell.matchAll(/`([^`]+)`/g)].map(([, span = ""]) => span.replaceAll("\\|", "|"));

/** The word behind `key`. */
function wordAfter({ words }: Fenced, key: string): string | undefined {
  const at = words.indexOf(key);
  return at < 0 ? undefined : words[at + 1];
}

/** The example as a flow. Its lines keep their numbers, since failures name them. */
function flowOf(example: Fenced): string {
  if (example.words[1] === "flow") return example.content;
  const board = wordAfter(example, "board");
  const around = board ? frame.replace(/^board .*$/m, `board ${board}`) : frame;
  return `script example on sdcard "example.scr" { ${example.content}}\n${around}`;
}

/** What the examples name besides the inputs of the tests. */
const beside = {
  "board.boot": "board qemu_arm64\n",
  "lab.csv": "name,serial\nbench-3,00000000cccccccc\n",
  "boot/bootcode.bin": "stub",
  "boot/config.txt": "arm_64bit=1\n",
  "boot/kernel8.img": "stub",
  "boot/overlays/disable-bt.dtbo": "stub",
  "boot/start4.elf": "stub",
  "bootconf.txt": "[all]\nBOOT_UART=0\nBOOT_ORDER=0xf41\n",
};

const inMemory = (flow: string) => ({ texts: { ...beside, "example.boot": flow } });

/** What a block should hold, made from the example before it. */
function contentFor({ words }: Fenced, { scripts, files }: Built): string {
  if (words[0] === "files") return files;
  const wanted = words.slice(1).find((word) => word !== "whole");
  const script = wanted ? scripts.get(wanted) : [...scripts.values()][0];
  if (script === undefined) throw new Error(`no ${wanted} among ${[...scripts.keys()]}`);
  return words.includes("whole") ? `${script}\n` : statementsOf(script);
}

/** The script without its comments, the settings before its statements and the status behind. */
function statementsOf(script: string): string {
  const body = script.slice(script.search(/^# \d+: /m));
  const end = body.lastIndexOf('\nif test "${ubootc_failed}" != no; then\n');
  return body.slice(0, end + 1).replace(/^ *# \d+: .*\n/gm, "");
}

/** The reference with its blocks as they should be. */
function written(): string {
  let built: Built | undefined;
  let index = 0;
  return text.replace(fence, (all, info: string) => {
    const block = blocks[index++] as Fenced;
    if (examples.includes(block) && !wordAfter(block, "refused")) {
      built = build("example.boot", inMemory(flowOf(block)));
    }
    if (block.words[0] !== "uboot" && block.words[0] !== "files") return all;
    if (!built) throw new Error(`line ${block.line}: no example before it`);
    return `\`\`\`${info}\n${contentFor(block, built)}\`\`\``;
  });
}

describe("the reference", () => {
  it.skipIf(isQuick)("shows what comes out", async () => {
    await expect(written()).toMatchFileSnapshot(path);
  });

  const refused = examples.filter((each) => wordAfter(each, "refused"));
  it.each(some(refused.map((each) => [each.line, wordAfter(each, "refused"), each] as const)))(
    "line %i: is refused as %s",
    (_, code, example) => {
      const { built, diagnostics } = tryBuild("example.boot", inMemory(flowOf(example)));
      expect(built).toBeUndefined();
      expect(diagnostics.map((each) => each.code)).toContain(code);
    },
  );

  it("uses every word of the language", () => {
    const words = [
      ...readFileSync(join(grammar, "ubootc.peggy"), "utf8").matchAll(/[@:]"(\w+)" !W/g),
    ].map(([, word = ""]) => word);
    expect(words.length).toBeGreaterThan(50);
    const conditions = rowsOf("Condition", "In the script").map(([condition]) => condition);
    const used = [frame, ...examples.map(({ content }) => content), ...conditions].join("\n");
    expect(words.filter((word) => !new RegExp(`\\b${word}\\b`).test(used))).toEqual([]);
  });

  it("names only codes that there are", () => {
    const named = [...text.matchAll(/^Refused:[\s\S]*?\n\n/gm)]
      .flatMap(([paragraph]) => spansIn(paragraph))
      .filter((span) => /^[a-z0-9]+(-[a-z0-9]+)+$/.test(span));
    expect(named.length).toBeGreaterThan(40);
    expect(named.filter((span) => !allCodes.some((code) => code === span))).toEqual([]);
  });
});

/** The cells of the rows below each header of two such columns, each a list of code spans. */
function rowsOf(first: string, second: string): (readonly [string, readonly string[]])[] {
  const tables = text.split("\n\n").filter((part) => part.startsWith(`| ${first} | ${second} |`));
  return tables.flatMap((table) =>
    table.split("\n").flatMap((row) => {
      const [, left = "", right = ""] = row.split(/(?<!\\)\|/);
      const [shownLeft] = spansIn(left);
      return shownLeft === undefined ? [] : [[shownLeft, spansIn(right)] as const];
    }),
  );
}

/** The statements that `example` becomes in the frame. */
function compiled(example: string): string {
  const flow = flowOf({ words: ["boot"], content: `${example}\n`, line: 0 });
  const { built, diagnostics } = tryBuild("example.boot", inMemory(flow));
  if (!built) throw new Error(shown(diagnostics));
  return statementsOf(built.scripts.get("sdcard/example.scr") ?? "");
}

describe("its tables", () => {
  it.each(some(rowsOf("In the flow", "In the script")))("%s", (example, commands) => {
    expect(commands).not.toEqual([]);
    let rest = compiled(example);
    for (const each of commands) {
      expect(rest).toContain(each);
      rest = rest.slice(rest.indexOf(each) + each.length);
    }
  });

  it.each(some(rowsOf("Condition", "In the script")))("%s", (condition, shells) => {
    const script = compiled(`if ${condition} { print "yes" }`);
    const found = /^ {2}if (.*); then$/m.exec(script)?.[1];
    expect([found]).toEqual(shells);
  });
});
