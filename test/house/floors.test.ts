// The floors of the house: a file imports only from lower floors or its own folder, and across
// folders only through that folder's index.ts. Folders on one floor never see each other, and no file
// leads back to itself. Each test lists the files that do not keep to it.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { expect, it } from "vitest";

const source = resolve(import.meta.dirname, "../../src");

/** Lowest first. A name is a folder of src, or a file directly in it. */
const floors: readonly (readonly string[])[] = [
  ["ground"],
  ["image", "hush", "tftp", "dhcp", "boards", "diagnostics"],
  ["files", "fat"],
  ["language"],
  ["program"],
  ["steps"],
  ["memory"],
  ["generate"],
  ["faults"],
  ["lint"],
  ["check", "draw"],
  ["simulator", "import"],
  ["compile.ts", "build.ts"],
  ["serve", "trial"],
  ["cli", "index.ts"],
];

/** Folders that are libraries of their own and run without Node. */
const portable = ["image", "hush", "fat"];

const files = readdirSync(source, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts"))
  .map((name) => name.replaceAll("\\", "/"));

const folderOf = (file: string) => file.split("/")[0] as string;
const floorOf = (file: string) => floors.findIndex((floor) => floor.includes(folderOf(file)));

/** What a file imports, types too, as it says it. */
function importsOf(file: string): string[] {
  const text = readFileSync(join(source, file), "utf8");
  return [
    ...text.matchAll(/^(?:import|export)\b[^;"']*["']([^"']+)["']|\bimport\("([^"]+)"\)/gm),
  ].map((match) => (match[1] ?? match[2]) as string);
}

/** The files of src that each file imports, by their names below src. */
const imported = new Map(
  files.map((file) => [
    file,
    importsOf(file)
      .filter((name) => name.startsWith("."))
      .map((name) => relative(source, resolve(source, dirname(file), name)))
      .map((name) => name.replaceAll("\\", "/").replace(/\.js$/, ".ts")),
  ]),
);

/** The files whose imports into other folders `wrong` says something of. */
const strays = (wrong: (target: string, file: string) => boolean) =>
  [...imported].flatMap(([file, targets]) =>
    targets
      .filter((target) => folderOf(target) !== folderOf(file) && wrong(target, file))
      .map((target) => `${file} imports ${target}`),
  );

it("every file stands on a floor", () =>
  expect(files.filter((file) => floorOf(file) < 0)).toEqual([]));

it("other folders are seen through their index only", () =>
  expect(strays((target) => !/^[^/]+(\/index)?\.ts$/.test(target))).toEqual([]));

it("imports lead down", () =>
  expect(strays((target, file) => floorOf(target) >= floorOf(file))).toEqual([]));

it("libraries of their own use no Node API", () => {
  const bound = files.filter(
    (file) =>
      portable.includes(folderOf(file)) &&
      !file.endsWith("-node.ts") &&
      importsOf(file).some((name) => name.startsWith("node:")),
  );
  expect(bound).toEqual([]);
});

it("no file leads back to itself, by types neither", () => {
  const circles = circlesOf(imported);
  expect(circles.map((circle) => circle.join(", "))).toEqual([]);
});

/** The files that reach each other (Tarjan's strongly connected components of more than one file). */
function circlesOf(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const order = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const found: string[][] = [];
  const visit = (file: string) => {
    order.set(file, order.size);
    low.set(file, order.size - 1);
    stack.push(file);
    for (const next of graph.get(file) ?? []) {
      if (!graph.has(next)) continue;
      if (!order.has(next)) visit(next);
      if (stack.includes(next)) low.set(file, Math.min(low.get(file) ?? 0, low.get(next) ?? 0));
    }
    if (low.get(file) !== order.get(file)) return;
    const circle = stack.splice(stack.indexOf(file));
    if (circle.length > 1) found.push(circle.sort());
  };
  for (const file of graph.keys()) if (!order.has(file)) visit(file);
  return found;
}

it("a circle is found", () => {
  const graph = new Map([
    ["a", ["b"]],
    ["b", ["c", "d"]],
    ["c", ["a"]],
    ["d", []],
  ]);
  expect(circlesOf(graph)).toEqual([["a", "b", "c"]]);
  expect(existsSync(join(source, "index.ts"))).toBe(true);
});
