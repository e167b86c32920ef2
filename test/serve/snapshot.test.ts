// Snapshots of flows on a disk: what is in them, when it is compiled, and that what changes on the
// disk afterwards does not change them.
import * as fs from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Judged } from "../../src/diagnostics/index.js";
import { bytesOf } from "../../src/image/index.js";
import { heldFiles } from "../../src/serve/inputs.js";
import { type Snapshot, type Taken, takeSnapshot } from "../../src/serve/snapshot.js";

const example = join(import.meta.dirname, "../../examples/zero-client-qemu");
const name = "zero-client-qemu.boot";
let folder: string;
let flow: string;

beforeEach(() => {
  folder = fs.mkdtempSync(join(tmpdir(), "ubootc-snapshot-"));
  fs.cpSync(example, folder, { recursive: true });
  flow = join(folder, name);
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

function take(before?: Snapshot, late?: (judged: Judged) => void): Taken {
  return takeSnapshot(flow, {}, { generation: 1, before, ...(late && { late }) });
}

function good({ snapshot, diagnostics }: Taken): Snapshot {
  if (!snapshot) throw new Error(diagnostics.map(({ message }) => message).join("\n"));
  return snapshot;
}

/** Changes the flow's text. */
function edit(from: string, to: string): void {
  const text = fs.readFileSync(flow, "utf8");
  expect(text).toContain(from);
  fs.writeFileSync(flow, text.replace(from, to));
}

const served = (snapshot: Snapshot, file: string) => {
  const found = snapshot.find(file);
  if (!found) throw new Error(`no ${file}`);
  return Buffer.from(bytesOf(found.content));
};

describe("a snapshot", () => {
  it("knows its files, and what belongs together", () => {
    const snapshot = good(take());
    const files = snapshot.names.map((each) => snapshot.find(each));
    expect(files.map((each) => each && [each.name, each.kind, each.begins, each.ways])).toEqual([
      ["netboot-0000000012345678.scr", "script", true, [["linux.uImage"]]],
      ["netboot-00000000aabbccdd.scr", "script", true, [["linux.uImage"]]],
      ["fallback.scr", "script", true, [["rescue.uImage"]]],
      ["linux.uImage", "kernel", false, []],
      ["rescue.uImage", "kernel", false, []],
    ]);
    expect(files.map((each) => each?.client)).toEqual([
      ...["bench-1", "bench-2", undefined, undefined, undefined],
    ]);
    expect(snapshot.identity("bench-2")).toEqual({ serial: "00000000aabbccdd" });
    expect(snapshot.find("zero-client-qemu.boot")).toBeUndefined();
    expect(snapshot.find("__proto__")).toBeUndefined();
    expect(snapshot.nearest("linux.uImag")).toBe("linux.uImage");
    expect(snapshot.nearest("x".repeat(500))).toBeUndefined();
    snapshot.close();
  });

  it("follows a chain on the server", () => {
    edit("  boot linux with own", "  try { chain fallback } else { boot linux with own }");
    const snapshot = good(take());
    const script = snapshot.find("netboot-0000000012345678.scr");
    expect(script?.ways).toEqual([["fallback.scr"], ["linux.uImage"]]);
    expect(snapshot.find("fallback.scr")?.begins).toBe(false);
    snapshot.close();
  });

  it("is none when the flow has errors, and still says what to watch", () => {
    edit("boot linux with own", "boot linus with own");
    const { snapshot, diagnostics, asked } = take();
    expect(snapshot).toBeUndefined();
    expect(diagnostics.map(({ code }) => code)).toContain("name-unknown");
    expect([...asked].flat()).toContain(flow);
  });

  it("stays as it was when its inputs are rebuilt in place, cut or removed", () => {
    const snapshot = good(take());
    const before = served(snapshot, "linux.uImage");
    const input = join(folder, "Image.gz");
    for (const change of [
      () => fs.writeFileSync(input, Buffer.alloc(fs.statSync(input).size, 1)),
      () => fs.truncateSync(input, 10),
      () => fs.rmSync(input),
    ]) {
      change();
      expect(served(snapshot, "linux.uImage").equals(before)).toBe(true);
    }
    snapshot.close();
  });

  it("shares what did not change with the one before", () => {
    const first = good(take());
    fs.writeFileSync(join(folder, "fallback.gz"), fs.readFileSync(join(folder, "Image.gz")));
    const second = good(take(first));
    const [kernel, rescue] = ["Image.gz", "fallback.gz"].map((each) => join(folder, each));
    expect(second.held.get(`${kernel}`)).toBe(first.held.get(`${kernel}`));
    expect(second.held.get(`${rescue}`)).not.toBe(first.held.get(`${rescue}`));
  });
});

describe("an input that is too large to hold", () => {
  it("is read in place, and never mixed", () => {
    const path = join(folder, "large");
    fs.writeFileSync(path, "0123456789");
    const files = heldFiles(new Map(), { file: 9, all: 100 });
    const content = files.open(path);
    if ("code" in content) throw new Error(content.message);
    expect(files.held.size).toBe(0);
    expect(Buffer.from(content.read(0, 5)).toString()).toBe("01234");
    // Replaced: the old one is still there for who has it open.
    fs.writeFileSync(`${path}.new`, "abcdefghij");
    fs.renameSync(`${path}.new`, path);
    expect(Buffer.from(content.read(5, 5)).toString()).toBe("56789");
    files.close();
  });

  it("ends with an error when it is written to", () => {
    const path = join(folder, "large");
    fs.writeFileSync(path, "0123456789");
    const files = heldFiles(new Map(), { file: 100, all: 9 });
    const content = files.open(path);
    if ("code" in content) throw new Error(content.message);
    content.read(0, 5);
    fs.writeFileSync(path, "abcdefghij");
    expect(() => content.read(5, 5)).toThrow("changed while it was read");
    files.close();
  });
});

describe("with 2000 clients", () => {
  const serial = (number: number) => `s${`${number}`.padStart(6, "0")}`;
  beforeEach(() => {
    const rows = Array.from({ length: 2000 }, (_, at) => {
      const console = at === 1500 ? "tty0 init=/bin/sh" : "ttyAMA0";
      return `lab-${at},${serial(at)},${console}`;
    });
    fs.writeFileSync(join(folder, "lab.csv"), ["name,serial,console", ...rows].join("\n"));
    edit('client bench-1 { serial "0000000012345678" }', 'clients from "lab.csv"');
    // The tests of the example name its clients.
    const text = fs.readFileSync(flow, "utf8");
    fs.writeFileSync(flow, text.replace(/^test "[\s\S]*/m, ""));
  });

  it("compiles a script when it is asked for, and says then what is wrong with it", () => {
    const late: string[] = [];
    const snapshot = good(
      take(undefined, ({ diagnostics }) => late.push(...diagnostics.map(({ code }) => code))),
    );
    expect(snapshot.names).toHaveLength(2001 + 3);
    expect(served(snapshot, `netboot-${serial(7)}.scr`).toString()).toContain("client=lab-7");
    expect(snapshot.find(`netboot-${serial(7)}.scr`)).toBe(
      snapshot.find(`netboot-${serial(7)}.scr`),
    );
    expect(late).toEqual([]);
    expect(snapshot.find(`netboot-${serial(1500)}.scr`)).toBeUndefined();
    expect(snapshot.find(`netboot-${serial(1500)}.scr`)).toBeUndefined();
    expect(late).toEqual(["unsafe-value"]);
    expect(snapshot.nearest(`netboot-${serial(7)}x.scr`)).toBe(`netboot-${serial(7)}.scr`);
    snapshot.close();
  });
});
