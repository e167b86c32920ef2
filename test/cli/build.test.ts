// `ubootc build` through the built command: what it writes, leaves alone, removes and survives.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { beforeAll, describe, expect, it } from "vitest";
import { isQuick } from "../tools/runs.js";
import { run } from "../tools/tools.js";
import {
  ubootc as alone,
  clientTable,
  kernel,
  main,
  otherKernel,
  put,
  start,
  tableFlow,
} from "./cli.js";
import { ubootc } from "./here.js";
import { build, expectWhole, filesOf, lab, marksOf } from "./lab.js";

beforeAll(() => {
  if (!existsSync(main)) throw new Error("there is no dist: npm run build first");
});

/** The names of files whose marks differ. */
function changedBetween(before: Record<string, string>, after: Record<string, string>): string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].filter((name) => before[name] !== after[name]).sort();
}

const script = (index: number) => `tftp/netboot-${index.toString(16).padStart(16, "0")}.scr`;
const threeClients = [
  "manifest.json",
  "sdcard/boot.scr",
  "server/INSTALL.md",
  "server/exports",
  "server/fstab",
  "server/ganesha.conf",
  "server/ubootc.service",
  "tftp/linux.uImage",
  script(0),
  script(1),
  script(2),
];

describe("what is written", () => {
  it("is the flow's files, a manifest and nothing else", async () => {
    const folder = lab();
    const { status, stdout, stderr } = await build(folder);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toMatch(/^ {2}tftp\/linux\.uImage +367 bytes {2}loads at 0x[0-9a-f]{8}$/m);
    expect(stdout).toMatch(/^10 files in out, \d+\.\d KiB: 10 written, 0 unchanged\n$/m);
    expect(filesOf(join(folder, "out"))).toEqual(threeClients);
    expectWhole(join(folder, "out"));
  });

  it("is nothing when the flow has errors", async () => {
    const folder = lab();
    put(folder, { "lab.boot": tableFlow.replace("chain netboot", "chain netbot") });
    const { status, stdout, stderr } = await build(folder);
    expect(status).toBe(1);
    expect(stdout).toBe("");
    expect(stderr).toMatch(/^error\[name-unknown\][\s\S]*netbot[\s\S]*\n1 error\n$/);
    expect(existsSync(join(folder, "out"))).toBe(false);
  });

  it("stays what it was when the flow has errors", async () => {
    const folder = lab();
    await build(folder);
    const before = marksOf(join(folder, "out"));
    put(folder, { "lab.csv": clientTable(3).replace("ttyAMA0,19200", "ttyAMA0 init=/bin/sh") });
    const { status, stderr } = await build(folder);
    expect(status).toBe(1);
    expect(stderr).toContain("error[unsafe-value]");
    expect(marksOf(join(folder, "out"))).toEqual(before);
  });

  it("is the same wherever and by whom it is built", async () => {
    const [one, two] = [lab(), lab()];
    await build(one);
    const elsewhere = join(two, "an other folder");
    mkdirSync(elsewhere);
    const flow = join("..", "lab.boot");
    await alone(["build", flow, "-o", "deep/er"], { cwd: elsewhere, env: { TZ: "Asia/Tokyo" } });
    const other = join(elsewhere, "deep/er");
    expect(filesOf(other)).toEqual(threeClients);
    for (const name of threeClients) {
      const bytes = readFileSync(join(one, "out", name));
      expect(bytes.equals(readFileSync(join(other, name))), name).toBe(true);
      for (const secret of [
        one,
        two,
        hostname(),
        process.cwd(),
        String(new Date().getFullYear()),
      ]) {
        expect(bytes.includes(secret), `${name} holds ${secret}`).toBe(false);
      }
      if (/\.(scr|uImage)$/.test(name)) expect(bytes.readUInt32BE(8)).toBe(0);
    }
  });

  it("has the time of SOURCE_DATE_EPOCH in image headers", async () => {
    const folder = lab();
    const env = { SOURCE_DATE_EPOCH: "1700000000" };
    const { status } = await ubootc(["build", "lab.boot"], { cwd: folder, env });
    expect(status).toBe(0);
    for (const name of ["sdcard/boot.scr", "tftp/linux.uImage", script(2)]) {
      expect(readFileSync(join(folder, "out", name)).readUInt32BE(8)).toBe(1_700_000_000);
    }
  });

  it.each(["yesterday", "-1", "4294967296", "1e9"])("refuses the time %s", async (time) => {
    const folder = lab();
    const env = { SOURCE_DATE_EPOCH: time };
    const { status, stderr } = await ubootc(["build", "lab.boot"], { cwd: folder, env });
    expect(status).toBe(1);
    expect(stderr).toBe(`ubootc build: SOURCE_DATE_EPOCH is not a number of seconds: ${time}\n`);
    expect(existsSync(join(folder, "out"))).toBe(false);
  });

  it("depends on parameters", async () => {
    const folder = lab();
    put(folder, {
      "lab.boot": tableFlow
        .replace("server", 'param quiet = "loglevel=7"\nserver')
        .replace('"client=', '"{quiet}"\n    "client='),
    });
    await build(folder, "-D", "quiet=loglevel=3");
    expect(readFileSync(join(folder, "out", script(0)), "latin1")).toContain(" loglevel=3 ");
    const unknown = await build(folder, "-D", "quit=1");
    expect(unknown.status).toBe(1);
    expect(unknown.stderr).toMatch(/error\[param-unknown\].*quit`[\s\S]*quiet/);
    const malformed = await build(folder, "-D", "quiet");
    expect(malformed.status).toBe(2);
    expect(malformed.stderr).toContain("write it as name=value");
  });

  it("leaves comments out with --strip", async () => {
    const folder = lab();
    await build(folder, "--strip");
    expect(readFileSync(join(folder, "out", script(0)), "latin1")).not.toContain("# ");
  });
});

describe("JSON", () => {
  it("lists the files and what became of them", async () => {
    const folder = lab();
    await build(folder);
    put(folder, { "lab.csv": clientTable(2) });
    const { status, stdout, stderr } = await build(folder, "--json");
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    const said: unknown = JSON.parse(stdout);
    expect(said).toMatchObject({
      out: "out",
      written: [],
      removed: [script(2)],
      diagnostics: [],
      files: expect.arrayContaining([
        {
          path: script(1),
          client: "rack-1",
          madeFrom: ["lab.boot"],
          size: expect.any(Number),
          sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
        },
      ]),
    });
  });

  it("has the diagnostics, with places, when there are errors", async () => {
    const folder = lab();
    put(folder, { "lab.boot": tableFlow.replace("chain netboot", "chain netbot") });
    const { status, stdout, stderr } = await build(folder, "--json");
    expect({ status, stderr }).toEqual({ status: 1, stderr: "" });
    expect(JSON.parse(stdout)).toMatchObject({
      diagnostics: [
        {
          code: "name-unknown",
          severity: "error",
          labels: [{ file: "lab.boot", start: { line: 10, column: 34 } }],
        },
      ],
    });
  });
});

describe("a second build", () => {
  it("touches nothing when nothing changed", async () => {
    const folder = lab();
    await build(folder);
    const before = marksOf(join(folder, "out"));
    const { stdout } = await build(folder);
    expect(stdout).toContain("0 written, 10 unchanged");
    expect(marksOf(join(folder, "out"))).toEqual(before);
  });

  const table = clientTable(3);
  const changes: [string, Record<string, string | Uint8Array>, string[]][] = [
    ["one client", { "lab.csv": table.replace("ttyAMA0,19200", "ttyAMA0,57600") }, [script(1)]],
    ["the kernel", { "Image.gz": otherKernel }, ["tftp/linux.uImage"]],
    [
      "a word of the script on the card",
      { "lab.boot": tableFlow.replace("chain netboot", "chain netboot to 0x50000000") },
      ["sdcard/boot.scr"],
    ],
    ["a comment", { "lab.boot": `${tableFlow}# nothing\n` }, []],
    ["a new client", { "lab.csv": clientTable(4) }, [script(3)]],
    ["a client gone", { "lab.csv": clientTable(2) }, [script(2)]],
  ];
  it.each(changes)("rewrites what depends on %s, only", async (_, files, expected) => {
    const folder = lab();
    await build(folder);
    const before = marksOf(join(folder, "out"));
    put(folder, files);
    const { status, stderr } = await build(folder);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    const changed = changedBetween(before, marksOf(join(folder, "out")));
    expect(changed).toEqual(expected.length > 0 ? ["manifest.json", ...expected].sort() : []);
    expectWhole(join(folder, "out"));
  });

  it("puts right what somebody changed", async () => {
    const folder = lab();
    await build(folder);
    const spoilt = join(folder, "out", script(1));
    const good = readFileSync(spoilt);
    const bad = Buffer.from(good);
    bad.writeUInt8(bad.readUInt8(100) ^ 1, 100);
    writeFileSync(spoilt, bad);
    rmSync(join(folder, "out", script(2)));
    const { stdout } = await build(folder);
    expect(stdout).toContain("2 written, 8 unchanged");
    expect(readFileSync(spoilt).equals(good)).toBe(true);
    expectWhole(join(folder, "out"));
  });
});

describe("the output folder", () => {
  it("keeps files of others", async () => {
    const folder = lab();
    await build(folder);
    const foreign = ["out/notes.txt", "out/tftp/pxelinux.0", "out/tftp/deep/er.txt", "out/.hidden"];
    put(folder, Object.fromEntries(foreign.map((name) => [name, name])));
    put(folder, { "lab.csv": clientTable(1), "Image.gz": otherKernel });
    expect((await build(folder)).stdout).toContain("1 written, 7 unchanged, 2 removed");
    for (const name of foreign) expect(readFileSync(join(folder, name), "utf8")).toBe(name);
    expect(existsSync(join(folder, "out", script(1)))).toBe(false);
  });

  it.each<[string, string, string]>([
    ["a folder", "out/tftp", "../srv"],
    ["a folder that is not there", "out/sdcard", "nowhere"],
    ["a file", "out/tftp/linux.uImage", "../../srv/mine"],
    ["the manifest", "out/manifest.json", "../srv/mine"],
  ])("may have no link in it in the place of %s", async (_, link, to) => {
    const folder = lab();
    put(folder, { "srv/mine": "mine" });
    mkdirSync(join(folder, "out"));
    if (link.startsWith("out/tftp/")) mkdirSync(join(folder, "out/tftp"));
    symlinkSync(to, join(folder, link));
    const before = readdirSync(folder, { recursive: true }).sort();
    expect(await build(folder)).toMatchObject({
      status: 1,
      stdout: "",
      stderr: `ubootc build: ${link}: is a symbolic link to ${to}; none is followed inside an output folder: remove it\n`,
    });
    expect(readdirSync(folder, { recursive: true }).sort()).toEqual(before);
    expect(readFileSync(join(folder, "srv/mine"), "utf8")).toBe("mine");
  });

  it("removes nothing through a link, whatever a manifest says", async () => {
    const folder = lab();
    put(folder, { "srv/mine": "mine" });
    await build(folder);
    const sha256 = createHash("sha256").update("mine").digest("hex");
    symlinkSync("../srv", join(folder, "out/old"));
    put(folder, { "out/manifest.json": JSON.stringify({ files: [{ path: "old/mine", sha256 }] }) });
    expect(await build(folder)).toMatchObject({ status: 0 });
    expect(readFileSync(join(folder, "srv/mine"), "utf8")).toBe("mine");
  });

  it("that is a link is taken where it is named", async () => {
    const folder = lab();
    mkdirSync(join(folder, "srv"));
    symlinkSync("srv", join(folder, "out"));
    expect(await build(folder)).toMatchObject({
      status: 1,
      stderr: "ubootc build: out: is a symbolic link to srv: to build there, say -o srv\n",
    });
    expect(readdirSync(join(folder, "srv"))).toEqual([]);
    expect(await build(folder, "-o", "out")).toMatchObject({ status: 0, stderr: "" });
    expectWhole(join(folder, "srv"));
  });

  it("keeps what somebody changed since the last build", async () => {
    const folder = lab();
    await build(folder);
    put(folder, { "lab.csv": clientTable(2), [`out/${script(2)}`]: "mine" });
    const { stdout } = await build(folder);
    expect(stdout).toContain(`1 no longer the build's, and left: ${script(2)}\n`);
    expect(readFileSync(join(folder, "out", script(2)), "utf8")).toBe("mine");
  });

  it("is no place where an input would be written over", async () => {
    const folder = lab();
    const kernelThere = { "tftp/linux.uImage": kernel };
    put(folder, { ...kernelThere, "lab.boot": tableFlow.replace("Image.gz", "tftp/linux.uImage") });
    const before = marksOf(folder);
    const { status, stderr } = await build(folder, "-o", ".");
    const name = "tftp/linux.uImage";
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: `ubootc build: ${name}: is read by the flow, and the build would write over it: choose another folder with -o\n`,
    });
    expect(marksOf(folder)).toEqual(before);
    expect((await build(folder)).status).toBe(0);
  });

  it("is not the folder of somebody else's manifest", async () => {
    const folder = lab();
    const theirs = '{"name":"shop","icons":[]}';
    put(folder, { "manifest.json": theirs });
    const { status, stderr } = await build(folder, "-o", ".");
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr:
        "ubootc build: manifest.json: is no manifest of a build: choose another folder with -o\n",
    });
    expect(readFileSync(join(folder, "manifest.json"), "utf8")).toBe(theirs);
    expect(existsSync(join(folder, "tftp"))).toBe(false);
  });

  const manifests: [string, string][] = [
    [
      "names files outside",
      JSON.stringify({
        files: ["../x", "tftp/../../x", "/x", "..\\x", ""].map((path) => ({ path })),
      }),
    ],
    ["names folders", JSON.stringify({ files: [{ path: "tftp" }, { path: "." }] })],
    ["is no JSON", "{"],
    ["is of another kind", "[]"],
    ["has another shape", '{"files":[null,1,"x"]}'],
  ];
  it.each(manifests)("loses nothing when the manifest %s", async (_, text) => {
    const folder = lab();
    put(folder, { x: "kept" });
    await build(folder);
    put(folder, { "out/x": "kept", "out/manifest.json": text });
    const { status, stderr } = await build(folder);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(readFileSync(join(folder, "x"), "utf8")).toBe("kept");
    expect(filesOf(join(folder, "out"))).toEqual([...threeClients, "x"]);
    expectWhole(join(folder, "out"));
  });

  const obstacles: [string, (folder: string) => void, RegExp][] = [
    ["it is a file", (folder) => put(folder, { out: "mine" }), /^out: is not a folder$/],
    [
      "a file is where a folder should be",
      (folder) => put(folder, { "out/tftp": "mine" }),
      /^out[\\/]tftp: is not a folder$/,
    ],
    [
      "a folder is where a file should be",
      (folder) => put(folder, { "out/tftp/linux.uImage/mine": "mine" }),
      /^out[\\/]tftp[\\/]linux\.uImage: is a folder, and should become a file$/,
    ],
    [
      "a pipe is in the place of the manifest",
      (folder) => {
        mkdirSync(join(folder, "out"));
        run("mkfifo", [join(folder, "out/manifest.json")]);
      },
      /^out[\\/]manifest\.json: is there already, and is not a regular file$/,
    ],
  ];
  it.each(obstacles)("is left alone when %s", async (_, obstruct, message) => {
    const folder = lab();
    obstruct(folder);
    const entries = () => readdirSync(folder, { recursive: true, encoding: "utf8" }).sort();
    const before = entries();
    const { status, stdout, stderr } = await build(folder);
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toMatch(/^ubootc build: .*\n$/);
    expect(stderr.slice("ubootc build: ".length, -1)).toMatch(message);
    expect(entries()).toEqual(before);
  });

  it.skipIf(!existsSync("/proc/self"))("is no place in /proc", async () => {
    const { status, stderr } = await build(lab(), "-o", "/proc/none/out");
    expect(status).toBe(1);
    expect(stderr).toMatch(/^ubootc build: \/proc\/none: no such file or directory\n$/);
  });
});

describe("--watch", () => {
  const flow = `include "common.boot"\n${tableFlow.replace(/^server.*\n/m, "")}`;
  const common = "server 192.168.0.250\n";
  const good = { "lab.boot": flow, "common.boot": common };

  /** A running watch, which says what it built. */
  async function watching(folder: string) {
    const child = start(["build", "lab.boot", "--watch"], { cwd: folder });
    let said = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on("data", (piece: Buffer) => {
        said += piece.toString();
      });
    }
    let read = 0;
    /** Waits for `pattern` in what has been said since the last time. */
    const says = async (pattern: RegExp) => {
      for (let tries = 0; tries < 3000; tries++) {
        const found = pattern.exec(said.slice(read));
        if (found) {
          read += found.index + found[0].length;
          return;
        }
        await pause(20);
      }
      throw new Error(`no ${pattern} in:\n${said}`);
    };
    const end = async () => {
      const ended = new Promise((resolve) => child.on("close", resolve));
      child.kill();
      await ended;
    };
    await says(/10 written, 0 unchanged\n/);
    return { says, end };
  }

  it("builds again after a change of any input, however it is written", async () => {
    const folder = lab();
    put(folder, good);
    const { says, end } = await watching(folder);
    const path = (name: string) => join(folder, name);
    /** As editors do it: another file takes the name. */
    const replace = (name: string, text: string | Uint8Array) => {
      writeFileSync(path(`${name}~`), text);
      renameSync(path(`${name}~`), path(name));
    };

    put(folder, { "lab.boot": flow.replace("client=", "board=") });
    await says(/3 written, 7 unchanged\n/);
    put(folder, { "common.boot": "server 10.0.0.1\n" });
    await says(/7 written, 3 unchanged\n/);
    put(folder, { "lab.csv": clientTable(4) });
    await says(/1 written, 10 unchanged\n/);
    put(folder, { "Image.gz": otherKernel });
    await says(/1 written, 10 unchanged\n/);

    replace("Image.gz", kernel);
    await says(/1 written, 10 unchanged\n/);
    replace("lab.csv", clientTable(3));
    await says(/0 written, 10 unchanged, 1 removed\n/);
    replace("common.boot", common);
    await says(/7 written, 3 unchanged\n/);
    replace("lab.boot", flow);
    await says(/3 written, 7 unchanged\n/);
    await end();
    expectWhole(path("out"));
  }, 240_000);

  it.each(isQuick ? [2] : [0, 1, 2, 3, 4])(
    "ends by a signal %i turns after it wrote",
    async (turns) => {
      const folder = lab();
      put(folder, good);
      const signal = `data:text/javascript,${encodeURIComponent(`
      import fs from "node:fs";
      import { syncBuiltinESMExports } from "node:module";
      const real = fs.renameSync;
      const after = (turns) =>
        turns > 0 ? setImmediate(after, turns - 1) : process.kill(process.pid, "SIGTERM");
      fs.renameSync = (...args) => {
        fs.renameSync = real;
        syncBuiltinESMExports();
        after(${turns});
        return real(...args);
      };
      syncBuiltinESMExports();
    `)}`;
      const child = spawn(
        process.execPath,
        ["--import", signal, main, "build", "lab.boot", "--watch"],
        { cwd: folder, stdio: "ignore" },
      );
      const by = await new Promise((done) => child.on("close", (_, by) => done(by)));
      expect(by).toBe("SIGTERM");
    },
  );

  it("keeps the last good build as long as there are errors", async () => {
    const folder = lab();
    put(folder, good);
    const { says, end } = await watching(folder);
    const before = marksOf(join(folder, "out"));
    put(folder, { "common.boot": "sever 192.168.0.250\n" });
    await says(/error\[[\s\S]*common\.boot:1:1[\s\S]*1 error\n/);
    rmSync(join(folder, "Image.gz"));
    put(folder, { "common.boot": common });
    await says(/error\[[^\]]*\].*Image\.gz[\s\S]*1 error\n/);
    expect(marksOf(join(folder, "out"))).toEqual(before);
    await pause(300);
    put(folder, { "Image.gz": kernel });
    await says(/0 written, 10 unchanged\n/);
    expect(marksOf(join(folder, "out"))).toEqual(before);
    await end();
  }, 240_000);
});
