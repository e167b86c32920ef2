// Files as content: what is refused, what is noticed, and that a file is never half written.
import * as fs from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { openFile, writeContent } from "../../src/files/index.js";
import { bytesOf, type Content, concatenate, contentOf } from "../../src/image/index.js";

const directory = fs.mkdtempSync(join(tmpdir(), "ubootc-disk-"));
const file = join(directory, "file");
const text = (value: string) => contentOf(Buffer.from(value));

beforeEach(() => {
  fs.rmSync(directory, { recursive: true });
  fs.mkdirSync(directory);
  fs.writeFileSync(file, "0123456789");
});
afterAll(() => fs.rmSync(directory, { recursive: true }));

function opened(path: string) {
  const { file, problem } = openFile(path);
  if (!file) throw new Error(problem.message);
  return file;
}

describe("openFile", () => {
  it("reads in place", () => {
    const content = opened(file);
    expect(content.size).toBe(10);
    expect(Buffer.from(content.read(3, 4)).toString()).toBe("3456");
    expect(Buffer.from(content.read(8, 100)).toString()).toBe("89");
    expect(content.read(100, 1)).toHaveLength(0);
    const into = new Uint8Array(20);
    expect(Buffer.from(content.read(3, 4, into)).toString()).toBe("3456");
    expect(Buffer.from(into.subarray(0, 4)).toString()).toBe("3456");
    expect(content.modified).toBe(Math.floor(fs.statSync(file).mtimeMs / 1000));
    content.close();
  });

  it.each([
    { path: "none", code: "missing", says: "no such file or directory" },
    { path: "none/file", code: "missing", says: "no such file or directory" },
    { path: "file/file", code: "unreadable", says: "not a directory" },
    { path: ".", code: "not-a-file", says: "is a directory" },
    { path: "empty", code: "empty", says: "is empty" },
    { path: "fifo", code: "not-a-file", says: "is not a regular file" },
  ])("$path: $says", ({ path, code, says }) => {
    fs.writeFileSync(join(directory, "empty"), "");
    fs.symlinkSync("/dev/null", join(directory, "fifo"));
    const name = join(directory, path);
    expect(openFile(name).problem).toEqual({ code, path: name, message: `${name}: ${says}` });
  });

  it("throws when the file changes while it is read", () => {
    const content = opened(file);
    fs.writeFileSync(file, "0123");
    expect(() => content.read(0, 4)).toThrow("changed while it was read");
    content.close();
  });

  it("goes on with the file it opened when another takes the name", () => {
    const content = opened(file);
    expect(writeContent(file, text("new"))).toBeUndefined();
    expect(Buffer.from(bytesOf(content)).toString()).toBe("0123456789");
    content.close();
  });
});

describe("writeContent", () => {
  it("writes large content a piece at a time", () => {
    const part: Content = { size: 3_000_000, read: (_, length) => new Uint8Array(length).fill(7) };
    expect(writeContent(file, concatenate([text("head"), part]))).toBeUndefined();
    const written = fs.readFileSync(file);
    expect(written.subarray(0, 5).toString()).toBe("head\x07");
    expect(written).toHaveLength(3_000_004);
  });

  it("may replace the file it reads", () => {
    expect(writeContent(file, concatenate([text("a"), opened(file)]))).toBeUndefined();
    expect(fs.readFileSync(file, "utf8")).toBe("a0123456789");
  });

  it("keeps rights and symbolic links", () => {
    fs.chmodSync(file, 0o640);
    const link = join(directory, "link");
    fs.symlinkSync("file", link);
    expect(writeContent(link, text("new"))).toBeUndefined();
    expect(fs.readFileSync(file, "utf8")).toBe("new");
    expect(fs.statSync(file).mode & 0o777).toBe(0o640);
    expect(fs.lstatSync(link).isSymbolicLink()).toBe(true);
  });

  it("writes to a device instead of replacing it", () => {
    expect(writeContent("/dev/null", text("new"))).toBeUndefined();
    expect(fs.statSync("/dev/null").isCharacterDevice()).toBe(true);
  });

  it.each(["none/file", ".", "file/file"])("%s: says why not", (path) => {
    const problem = writeContent(join(directory, path), text("new"));
    expect(problem).toMatchObject({ code: "unwritable", path: join(directory, path) });
    expect(fs.readdirSync(directory)).toEqual(["file"]);
  });

  it("leaves the old file and nothing else when reading fails in the middle", () => {
    const failing: Content = {
      size: 1 << 20,
      read(offset, length) {
        if (offset > 0) throw new Error("input: was cut while it was read");
        return new Uint8Array(length);
      },
    };
    expect(writeContent(file, failing)?.message).toContain("input: was cut");
    expect(fs.readFileSync(file, "utf8")).toBe("0123456789");
    expect(fs.readdirSync(directory)).toEqual(["file"]);
  });
});
