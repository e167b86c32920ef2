// Which names are served, and that a file that changes is never served in part.
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { partsOf } from "../../src/tftp/directory.js";
import { directory, firstOf, manifest, type OpenFile, type Source } from "../../src/tftp/index.js";
import { netascii } from "../../src/tftp/netascii.js";

const bytes = (text: string) => Buffer.from(text);
const text = (file: OpenFile) => Buffer.from(file.content.read(0, file.content.size)).toString();

/** The bytes of `name`, or why there are none. */
function get(source: Source, name: string): string {
  const file = source.open(name, "127.0.0.1");
  if (typeof file === "string") return file;
  const content = text(file);
  file.close();
  return content;
}

/** Waits: a file that was just written is not served yet. */
const settle = () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 30);

let place: string;
let root: string;
beforeAll(() => {
  place = mkdtempSync(join(tmpdir(), "ubootc-tftp-"));
  root = join(place, "data");
  mkdirSync(join(root, "sub", "deeper"), { recursive: true });
  mkdirSync(join(place, "data-private"));
  const files = {
    "data/file": "file",
    "data/sub/file": "sub",
    "data/sub/deeper/file": "deeper",
    "data/with space": "space",
    "data/ä": "umlaut",
    "data/...dots": "dots",
    "data-private/secret": "SECRET",
    secret: "SECRET",
  };
  for (const [name, content] of Object.entries(files)) {
    writeFileSync(join(place, name), content);
  }
  symlinkSync("sub/file", join(root, "inside"));
  symlinkSync("../secret", join(root, "outside"));
  symlinkSync(join(place, "data-private"), join(root, "beside"));
  symlinkSync("..", join(root, "up"));
  symlinkSync("nowhere", join(root, "dangling"));
  symlinkSync("loop", join(root, "loop"));
  settle();
});
afterAll(() => rmSync(place, { recursive: true }));

describe("manifest", () => {
  const source = manifest([
    ["boot.scr", bytes("script")],
    ["/pi/kernel", bytes("kernel")],
    ["__proto__", bytes("a name")],
  ]);
  it.each([
    ["boot.scr", "script"],
    ["/boot.scr", "script"],
    ["//boot.scr", "script"],
    ["pi/kernel", "kernel"],
    ["/pi/kernel", "kernel"],
    ["__proto__", "a name"],
    ["constructor", "not found"],
    ["BOOT.SCR", "not found"],
    ["boot.scr/", "not found"],
    ["pi//kernel", "not found"],
    ["pi/../boot.scr", "not found"],
    ["./boot.scr", "not found"],
    ["", "not found"],
    ["/", "not found"],
    ["/etc/passwd", "not found"],
  ])("%j: %s", (name, answer) => expect(get(source, name)).toBe(answer));

  it("comes before a directory that stands beside it", () => {
    const both = firstOf(manifest([["file", bytes("built")]]), directory(root));
    expect(get(both, "file")).toBe("built");
    expect(get(both, "sub/file")).toBe("sub");
    expect(get(both, "none")).toBe("not found");
    expect(get(both, "../secret")).toBe("access violation");
  });
});

describe("directory", () => {
  it.each([
    ["file", "file"],
    ["/file", "file"],
    ["//sub///file", "sub"],
    ["./sub/./deeper/file", "deeper"],
    ["with space", "space"],
    ["ä", "umlaut"],
    ["...dots", "dots"],
    ["inside", "sub"],
    ["none", "not found"],
    ["sub/none", "not found"],
    ["file/none", "not found"],
    ["dangling", "not found"],
    ["loop", "not found"],
    ["sub", "access violation"],
    ["outside", "access violation"],
    ["beside/secret", "access violation"],
    ["up/secret", "access violation"],
    ["up/data/file", "file"],
    ["", "access violation"],
    ["/", "access violation"],
    [".", "access violation"],
  ])("%j: %s", (name, answer) => expect(get(directory(root), name)).toBe(answer));

  it("a root that does not exist is the caller's fault", () =>
    expect(() => directory(join(place, "nowhere"))).toThrow());

  it("serves no device", () => {
    if (!existsSync("/dev/zero")) return;
    expect(get(directory("/dev"), "zero")).toBe("access violation");
  });

  it("gives all readers of a file one descriptor", () => {
    if (!existsSync("/proc/self/fd")) return;
    const source = directory(root);
    const before = readdirSync("/proc/self/fd").length;
    const files = Array.from({ length: 50 }, () => source.open("file", "127.0.0.1"));
    expect(readdirSync("/proc/self/fd").length).toBe(before + 1);
    for (const file of files) if (typeof file !== "string") file.close();
    expect(readdirSync("/proc/self/fd").length).toBe(before);
  });
});

/** Ways out, in every dress that some system or decoder undresses. */
function* escapes(): Generator<string> {
  const dots = [
    "..",
    ".. ",
    "...",
    "..\u00a0",
    "..\0",
    "．．",
    "%2e%2e",
    "..;",
    "..%00",
    ".\u200b.",
  ];
  const slashes = ["/", "//", "\\", "/\\", "/./", "%2f", "%5c", "\u2215", "\uff0f", "\u29f5"];
  const starts = ["", "/", "sub/", "/sub/", "./", "sub/deeper/", "\\", "C:", "C:\\", "c:/", "//?/"];
  const targets = ["secret", "data-private/secret"];
  for (const start of starts) {
    for (const dot of dots) {
      for (const slash of slashes) {
        for (const target of targets) yield start + dot + slash + target;
      }
    }
  }
  for (const prefix of ["", "/", "sub/../", "\\\\.\\", "\\\\?\\", "//./", "file:", "file://"]) {
    for (const name of ["secret", "../secret", "..\\secret", place_, `${place_}/secret`]) {
      yield prefix + name;
    }
  }
  const devices = ["con", "NUL", "aux.txt", "prn", "COM1", "lpt9.scr", "CONIN$"];
  yield* devices.flatMap((name) => [name, `sub/${name}`, `${name}/file`]);
  yield* ["file:stream", "file::$DATA", "FILE~1", "file.", "file ", "sub./file", "fi\tle"];
  yield* ["file\0.scr", "file\n", "\u202efile", "a".repeat(5000), "x/".repeat(300), "*", "fil?"];
}
const place_ = "/etc";

describe("names that lead elsewhere", () => {
  const names = [...escapes()];
  it(`${names.length} of them open nothing outside`, () => {
    expect(names.length).toBeGreaterThan(2000);
    const source = directory(root);
    for (const name of names) {
      const answer = get(source, name);
      expect(["not found", "access violation"], JSON.stringify(name)).toContain(answer);
    }
  });

  it("no part that is left is special on any system", () => {
    for (const name of names) {
      for (const part of partsOf(name) ?? []) {
        expect(part, JSON.stringify(name)).not.toMatch(/^\.{1,2}$|[\\/:\0]|[. ]$/);
      }
    }
  });
});

describe("a file that changes while it is read", () => {
  const size = 100_000;
  const old = Buffer.alloc(size, "o");
  let path: string;
  let names = 0;
  const begin = (): OpenFile => {
    path = join(root, `changing-${names++}`);
    writeFileSync(path, old);
    settle();
    const file = directory(root).open(path.slice(root.length), "127.0.0.1");
    if (typeof file === "string") throw new Error(file);
    expect(Buffer.from(file.content.read(0, 10)).toString()).toBe("oooooooooo");
    return file;
  };
  /** The rest of the file: all of it as it was, or an error. */
  const rest = (file: OpenFile) => {
    try {
      const read = file.content.read(10, size - 10);
      return Buffer.compare(read, old.subarray(10)) === 0 ? "whole" : "MIXED";
    } catch {
      return "error";
    } finally {
      file.close();
    }
  };
  const rows: [string, (path: string) => void, "whole" | "error"][] = [
    ["deleted", (path) => unlinkSync(path), "whole"],
    [
      "replaced",
      (path) => {
        writeFileSync(`${path}.new`, Buffer.alloc(size, "n"));
        renameSync(`${path}.new`, path);
      },
      "whole",
    ],
    ["cut", (path) => truncateSync(path, 50), "error"],
    ["emptied", (path) => truncateSync(path, 0), "error"],
    ["appended to", (path) => appendFileSync(path, "more"), "error"],
    ["written over", (path) => writeFileSync(path, Buffer.alloc(size, "n")), "error"],
    ["written into", (path) => writeSync(openSync(path, "r+"), "n", size - 1), "error"],
    [
      "written over with its time put back",
      (path) => {
        const { atime, mtime } = statSync(path);
        writeFileSync(path, Buffer.alloc(size, "n"));
        utimesSync(path, atime, mtime);
      },
      "error",
    ],
    ["left alone", () => {}, "whole"],
  ];
  it.each(rows)("%s", (_what, change, result) => {
    const file = begin();
    change(path);
    expect(rest(file)).toBe(result);
  });

  it("is another file for the next reader", () => {
    const source = directory(root);
    const name = `changing-${names++}`;
    writeFileSync(join(root, name), "before");
    settle();
    const first = source.open(name, "127.0.0.1");
    writeFileSync(join(root, name), "after!");
    settle();
    expect(get(source, name)).toBe("after!");
    expect(() => typeof first !== "string" && text(first)).toThrow("changed");
  });

  it("is not served in the moment it is written", () => {
    const path = join(root, "fresh");
    writeFileSync(path, "fresh");
    expect(directory(root).open("fresh", "127.0.0.1")).toBe("unsettled");
    settle();
    expect(get(directory(root), "fresh")).toBe("fresh");
  });

  it("is not served without the right to read it", () => {
    if (process.getuid?.() === 0) return;
    const path = join(root, "closed");
    writeFileSync(path, "closed");
    chmodSync(path, 0);
    expect(directory(root).open("closed", "127.0.0.1")).toBe("access violation");
  });
});

describe("netascii", () => {
  it.each([
    ["", ""],
    ["one\ntwo\n", "one\r\ntwo\r\n"],
    ["\r", "\r\0"],
    ["\r\n", "\r\0\r\n"],
    ["\n\n\r\r", "\r\n\r\n\r\0\r\0"],
  ])("%j", (before, after) => expect(Buffer.from(netascii(bytes(before))).toString()).toBe(after));
});
