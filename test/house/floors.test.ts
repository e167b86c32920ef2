// The floors of the house: a file imports only from lower floors or its own folder, and across
// folders only through that folder's index.ts. Folders on one floor never see each other.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { describe, expect, it } from "vitest";

const source = resolve(import.meta.dirname, "../../src");

/** Lowest first. A name is a folder of src, or a file directly in it. */
const floors: readonly (readonly string[])[] = [
  ["ground"],
  ["image", "hush", "tftp", "dhcp", "boards", "diagnostics"],
  ["files", "fat"],
  ["language"],
  ["program"],
  ["memory"],
  ["generate"],
  ["check", "draw", "lint"],
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

const floorOf = (file: string) => floors.findIndex((floor) => floor.includes(folderOf(file)));
const folderOf = (file: string) => file.split("/")[0] as string;

function importsOf(file: string): string[] {
  const text = readFileSync(join(source, file), "utf8");
  return [
    ...text.matchAll(/^(?:import|export)\b[^;"']*["']([^"']+)["']|\bimport\("([^"]+)"\)/gm),
  ].map((match) => (match[1] ?? match[2]) as string);
}

describe.each(files)("%s", (file) => {
  it("stands on a floor", () => expect(floorOf(file)).toBeGreaterThanOrEqual(0));

  it("imports only from below, through the folder's index", () => {
    for (const specifier of importsOf(file).filter((name) => name.startsWith("."))) {
      const target = relative(source, resolve(source, dirname(file), specifier)).replaceAll(
        "\\",
        "/",
      );
      if (folderOf(target).replace(/\.js$/, ".ts") === folderOf(file)) continue;
      expect(target, `${file} imports ${target}`).toMatch(/^[^/]+(\/index)?\.js$/);
      const below = floorOf(target.replace(/\.js$/, ".ts"));
      expect(below, `${file} imports ${target}`).toBeLessThan(floorOf(file));
      expect(below).toBeGreaterThanOrEqual(0);
    }
  });

  it("uses no Node API where it must not", () => {
    if (!portable.includes(folderOf(file)) || file.endsWith("-node.ts")) return;
    expect(importsOf(file).filter((name) => name.startsWith("node:"))).toEqual([]);
  });
});
