// What the READMEs and the other pages promise: their links lead somewhere, their commands exist, and what
// they show is what comes out.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { compile } from "../../src/compile.js";
import { render } from "../../src/diagnostics/index.js";
import { diskFiles } from "../../src/files/index.js";
import { contentOf } from "../../src/image/index.js";
import { emptyFolder, ubootc } from "../cli/cli.js";

const repository = resolve(import.meta.dirname, "../..");
const read = (name: string) => readFileSync(join(repository, name), "utf8");
const readme = read("README.md");
const manifest = JSON.parse(read("package.json"));

const pages = readdirSync(repository, { recursive: true, encoding: "utf8" })
  .map((name) => name.replaceAll("\\", "/"))
  .filter((name) => /\.md$/.test(name) && !/(^|\/)(node_modules|out|expected)\//.test(name));

it.each(pages)("%s leads somewhere", (page) => {
  const links = [...read(page).matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, link]) => link);
  const missing = links.filter((link) => !existsSync(join(repository, dirname(page), `${link}`)));
  expect(missing).toEqual([]);
});

it.each(pages)("%s calls scripts that exist", (page) => {
  const called = [...read(page).matchAll(/\bnpm run ([a-z:-]+)/g)].map(([, name]) => `${name}`);
  expect(called.filter((name) => !(name in manifest.scripts))).toEqual([]);
});

it("gives a reason for each dependency", () => {
  const [, table = ""] = /# Dependencies\n([\s\S]*?)\n## /.exec(read("docs/dependencies.md")) ?? [];
  const rows = [...table.matchAll(/^\| ([@a-z/0-9, -]+) \| (?!why)/gm)];
  const named = rows.flatMap(([, names = ""]) => names.split(", "));
  const needed = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies });
  expect(named.sort()).toEqual(needed.filter((name) => !name.startsWith("@types/")).sort());
});

it("lists the folders there are", () => {
  const page = read("docs/architecture.md");
  const named = new Set([...page.matchAll(/`(src\/[a-z]+)`/g)].map(([, name]) => name));
  const [, range = ""] = /(`src\/language` … `src\/generate`)/.exec(page) ?? [];
  expect(range).not.toBe("");
  const stages = ["language", "program", "steps", "memory", "check", "generate"].map(
    (name) => `src/${name}`,
  );
  const folders = readdirSync(join(repository, "src"), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => `src/${entry.name}`);
  expect(folders.filter((name) => !named.has(name) && !stages.includes(name))).toEqual([]);
});

describe("the zero client", () => {
  const path = join(repository, "examples/zero-client/zero-client.boot");

  it("makes the files that are shown", async () => {
    const { stdout } = await ubootc(["build", path], { cwd: emptyFolder() });
    const filesIn = (text: string) =>
      [...text.matchAll(/^ {2}(\S+) +\d+ bytes/gm)].map(([, name]) => name);
    // Not their sizes: every change of a generated line would change those.
    expect(filesIn(readme)).toEqual(filesIn(stdout));
  });

  it("is refused as shown", () => {
    const flow = readFileSync(path, "utf8").replace(
      /^ {2}boot linux/m,
      "  load linux to kernel_addr_r\n  boot linux",
    );
    const disk = diskFiles();
    const { diagnostics } = compile(path, {
      files: {
        open: (name) =>
          name === path ? contentOf(new TextEncoder().encode(flow)) : disk.open(name),
      },
    });
    const errors = diagnostics.filter(({ severity }) => severity === "error");
    const text = errors.map((each) => render(each)).join("\n");
    const [, shown] = /```\n(error\[[\s\S]*?)```/.exec(readme) ?? [];
    expect(shown).toBe(text.replaceAll(path, "zero-client.boot"));
  });
});

it("lists the commands there are", () => {
  const listed = [...readme.matchAll(/^\| `ubootc ([a-z-]+)/gm)].map(([, name]) => name);
  const registered = [...read("src/cli/main.ts").matchAll(/^ {2}"?([\w-]+)"?: async \(\) =>/gm)];
  expect(listed.sort()).toEqual(registered.map(([, name]) => name).sort());
});
