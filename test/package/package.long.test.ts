// The package as a user gets it: packed, installed into an empty folder and used from there, by
// command, by import, by type, and in a world without Node.
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { contentOf, crc32, encodeUImage, gzip } from "../../src/image/index.js";
import { run } from "../tools/tools.js";

const repository = join(import.meta.dirname, "../..");
const folder = realpathSync(mkdtempSync(join(tmpdir(), "ubootc-package-")));
const app = join(folder, "app");
const installed = join(app, "node_modules/ubootc");
let packed: readonly string[] = [];

/** Runs a tool that has to succeed, and returns what it printed. */
function must(tool: string, args: string[], cwd = app): string {
  const { status, stdout, stderr } = run(tool, args, { cwd });
  if (status !== 0) throw new Error(`${tool} ${args.join(" ")}: ${stdout}${stderr}`);
  return stdout;
}

/** Runs the repository's TypeScript in the application. */
const tsc = (...args: string[]) =>
  run(process.execPath, [join(repository, "node_modules/typescript/bin/tsc"), ...args], {
    cwd: app,
  });

/** What installs exactly the versions that the repository has, so that npm's cache has them too. */
function lockFor(tarball: string, integrity: string) {
  const lock = JSON.parse(readFileSync(join(repository, "package-lock.json"), "utf8"));
  const { version, dependencies, bin, engines } = lock.packages[""];
  const others = Object.entries<{ dev?: boolean }>(lock.packages).filter(
    ([path, { dev }]) => path !== "" && !dev,
  );
  const root = { name: "app", dependencies: { ubootc: `file:${tarball}` } };
  const own = { version, resolved: `file:${tarball}`, integrity, dependencies, bin, engines };
  const packages = { "": root, "node_modules/ubootc": own, ...Object.fromEntries(others) };
  return { name: "app", lockfileVersion: 3, requires: true, packages };
}

beforeAll(() => {
  // Without scripts: dist is built already, and others are using it.
  const pack = ["pack", "--json", "--ignore-scripts", "--pack-destination", folder];
  const [made] = JSON.parse(must("npm", pack, repository));
  packed = made.files.map((file: { path: string }) => file.path);
  mkdirSync(app);
  const lock = lockFor(`../${made.filename}`, made.integrity);
  writeFileSync(join(app, "package-lock.json"), JSON.stringify(lock));
  const manifest = { ...lock.packages[""], version: "1.0.0", private: true, type: "module" };
  writeFileSync(join(app, "package.json"), JSON.stringify(manifest));
  must("npm", ["ci", "--prefer-offline", "--ignore-scripts", "--no-audit", "--no-fund"]);
}, 60_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const files = (below: string) =>
  readdirSync(below, { recursive: true, encoding: "utf8" })
    .filter((name) => statSync(join(below, name)).isFile())
    .map((name) => name.replaceAll("\\", "/"));

describe("what is in it", () => {
  it("is the program, the grammar and what is to be read", () => {
    const outside = packed.filter((path) => !path.startsWith("dist/")).sort();
    const grammar = files(join(repository, "grammar")).map((name) => `grammar/${name}`);
    expect(outside).toEqual(["LICENSE", "README.md", ...grammar, "package.json"].sort());
  });

  it("has a type for each source, and doors beside the chunks", () => {
    const types = files(join(repository, "src")).map(
      (name) => `dist/${name.replace(/\.[jt]s$/, "")}.d.ts`,
    );
    const doors = ["", "image/", "hush/", "tftp/", "dhcp/"].map(
      (folder) => `dist/${folder}index.js`,
    );
    const chosen = ["crc32-node", "crc32-portable", "crypto-node", "crypto-portable"];
    const choices = chosen.map((name) => `dist/image/${name}.js`);
    const made = packed.filter((path) => /^dist\/(?!bin\/)/.test(path));
    expect(made.sort()).toEqual([...types, ...doors, ...choices].sort());
  });

  it("has every module once", () => {
    // The bundler names each module where it begins.
    const named = packed
      .filter((path) => path.endsWith(".js"))
      .flatMap((path) => readFileSync(join(installed, path), "utf8").split("\n"))
      .flatMap((line) => /^\/\/(?:#region)? ?\.build\/(.*)\.js$/.exec(line)?.[1] ?? []);
    expect(named.filter((name, at) => named.indexOf(name) !== at)).toEqual([]);
    expect(named.length).toBeGreaterThan(300);
    expect(named).toEqual(
      expect.arrayContaining(["image/uimage/uimage", "cli/main", "tftp/thread"]),
    );
  });

  it("points nowhere outside", () => {
    for (const path of packed.filter((each) => /\.(js|ts)$/.test(each))) {
      const text = readFileSync(join(installed, path), "utf8");
      expect(text, path).not.toMatch(/sourceMappingURL|(from|import\() *["'](\.\.\/)+(src|test)\//);
      expect(text.includes(repository), path).toBe(false);
    }
  });
});

describe("the command", () => {
  it("runs", () => {
    const { version } = JSON.parse(readFileSync(join(repository, "package.json"), "utf8"));
    expect(must("npx", ["--no-install", "ubootc", "--version"])).toBe(`${version}\n`);
  });

  it("builds a flow", () => {
    const flow = join(repository, "examples/zero-client/zero-client.boot");
    const said = must("npx", ["--no-install", "ubootc", "build", flow, "-o", "zero-client"]);
    const [, count] = /^(\d+) files in zero-client/m.exec(said) ?? [];
    const made = files(join(app, "zero-client"));
    expect(made).toEqual(expect.arrayContaining(["sdcard/boot.scr", "tftp/linux-rpi3.uImage"]));
    expect(made).toHaveLength(Number(count) + 1);
  });
});

describe("the library", () => {
  it("has five doors", () => {
    const text = `
      import * as all from "ubootc";
      import * as image from "ubootc/image";
      import * as hush from "ubootc/hush";
      import * as tftp from "ubootc/tftp";
      import * as dhcp from "ubootc/dhcp";
      console.log(JSON.stringify([all, image, hush, tftp, dhcp].map((each) => Object.keys(each))));`;
    const [all, image, hush, tftp, dhcp] = JSON.parse(
      must(process.execPath, ["--input-type=module", "--eval", text]),
    );
    const expected = ["boards", "compile", "diskFiles", "memoryFiles", "render", "writeBuild"];
    expect(all).toEqual(expect.arrayContaining(expected));
    expect(image).toEqual(expect.arrayContaining(["crc32", "encodeUImage", "readUImage"]));
    expect(tftp.length).toBeGreaterThan(0);
    expect(dhcp).toEqual(expect.arrayContaining(["answer", "DhcpServer", "dnsmasqConfiguration"]));
    expect(hush).toEqual(expect.arrayContaining(["command", "print", "when"]));
    const closed = `import("ubootc/dist/compile.js").catch((error) => console.log(error.code))`;
    expect(must(process.execPath, ["--eval", closed])).toBe("ERR_PACKAGE_PATH_NOT_EXPORTED\n");
  });

  it("has types that need nobody else's", () => {
    const text = `
      import { compile, type Diagnostic, memoryFiles, writeBuild } from "ubootc";
      import { command, type List, print } from "ubootc/hush";
      import { contentOf, type EncodedUImage, encodeUImage } from "ubootc/image";

      const list: List = [command("echo", "hello")];
      const payload = contentOf(new Uint8Array(print(list).text.length));
      export const image: EncodedUImage = encodeUImage({ type: "script", arch: "arm", payload });
      const { artifacts, diagnostics } = compile("x", { files: memoryFiles({ x: "" }) });
      export const found: readonly Diagnostic[] = diagnostics;
      if (artifacts) writeBuild("out", artifacts);
      // @ts-expect-error: there is no such architecture
      encodeUImage({ type: "script", arch: "vax", payload });
    `;
    writeFileSync(join(app, "types.ts"), text);
    const options = ["--module", "NodeNext", "--strict", "--exactOptionalPropertyTypes"];
    const lib = ["--target", "ES2022", "--lib", "ES2022", "--types", "", "--skipLibCheck", "false"];
    expect(tsc("--noEmit", ...options, ...lib, "types.ts")).toEqual({
      status: 0,
      stdout: "",
      stderr: "",
    });
  }, 60_000);

  it("runs the example of a pipeline of one's own", () => {
    const example = join(repository, "examples/library");
    for (const name of ["pipeline.ts", "tsconfig.json"]) {
      copyFileSync(join(example, name), join(app, name));
    }
    const checked = tsc("-p", ".", "--typeRoots", join(repository, "node_modules/@types"));
    expect(checked).toEqual({ status: 0, stdout: "", stderr: "" });
    const kernel = join(repository, "examples/zero-client-qemu/Image.gz");
    const said = must(process.execPath, ["out/pipeline.js", kernel, "fleet"]);
    expect(said.split("\n").slice(-2)).toEqual(["6 of 6 files written to fleet", ""]);
    const script = readFileSync(join(app, "fleet/tftp/netboot-0000000000001001.scr"), "latin1");
    expect(script.slice(72).split("\n")[0]).toBe(`echo 'this is "south" & no other'`);
    const lost = readFileSync(join(app, "fleet/tftp/lost.scr"), "latin1");
    expect(lost.slice(72).split("\n")[0]).toBe('echo "no script for serial number ${serial#}"');
    const again = must(process.execPath, ["out/pipeline.js", kernel, "fleet"]);
    expect(again).toContain("0 of 6 files written");
  }, 60_000);
});

describe("without Node", () => {
  it("image and hush make the same bytes", () => {
    const text = `
      import { command, print, variable } from "ubootc/hush";
      import { bytesOf, contentOf, crc32, encodeUImage, gunzipStart, gzip, readUImage } from "ubootc/image";

      const { text } = print([command("echo", "it is portable"), command("echo", variable("x"))]);
      const payload = gzip(contentOf(new TextEncoder().encode(text)));
      const { image } = encodeUImage({ type: "kernel", arch: "arm64", compression: "gzip", payload });
      const { problems } = readUImage(image);
      export const result = {
        names: Object.getOwnPropertyNames(globalThis).filter((name) => /^(process|Buffer|require|global|performance)$/.test(name)),
        problems: problems.length,
        text: new TextDecoder().decode(gunzipStart(payload, 1000)),
        crc: crc32(bytesOf(image)),
        image: [...bytesOf(image)],
      };`;
    writeFileSync(join(app, "bare.mjs"), text);
    const bare = ["--no-warnings", "--experimental-vm-modules"];
    const said = must(process.execPath, [
      ...bare,
      join(import.meta.dirname, "bare.mjs"),
      "bare.mjs",
    ]);
    const { result, modules } = JSON.parse(said);
    const loaded = modules.map((name: string) => name.replaceAll("\\", "/"));
    expect(loaded).toContainEqual(expect.stringContaining("ubootc/dist/image/crc32-portable.js"));
    expect(loaded).not.toContainEqual(expect.stringContaining("crc32-node"));

    const script = "echo 'it is portable'\necho \"${x}\"\n";
    const payload = gzip(contentOf(new TextEncoder().encode(script)));
    const { image } = encodeUImage({ type: "kernel", arch: "arm64", compression: "gzip", payload });
    const bytes = image?.read(0, image.size) ?? new Uint8Array();
    expect(result).toEqual({
      names: [],
      problems: 0,
      text: script,
      crc: crc32(bytes),
      image: [...bytes],
    });
  });
});
