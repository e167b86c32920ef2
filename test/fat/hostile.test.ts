// Damaged and malicious disks: nothing throws, hangs, or has a name that leads out of a folder. Two
// thousand; `--mode soak` tries a hundred thousand of each size of table.
import { posix } from "node:path";
import { describe, expect, it } from "vitest";
import { readPartitions, readVolume } from "../../src/fat/index.js";
import { chunks, contentOf, slice } from "../../src/image/index.js";
import { runs } from "../tools/runs.js";
import { bits, directoryAt, FAT_AT, type Name, smallVolume } from "./small-volume.js";

const count = process.env.MODE === "soak" ? 100_000 : runs(2_000);
let state = 1;

/** The next number below `limit`, from a linear congruential generator: the same every time. */
function random(limit: number): number {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return Math.floor((state / 2 ** 32) * limit);
}

/** Numbers that mean something in a volume, and those at the edges. */
const words = [0, 1, 2, 3, 0x10, 0x2e2e, 0xff7, 0xff8, 0xfff8, 0xffff, 0x0fffffff, 0xffffffff];

/** Calls `look` with `disk` damaged, and puts it right again: a copy would cost more than reading. */
function damaged(disk: Buffer, look: (bytes: Uint8Array) => void): void {
  // Where it hurts: boot sector, table, directories; and anywhere.
  const near = [0, FAT_AT, directoryAt, random(disk.length - 600)];
  const before: [at: number, value: number][] = [];
  for (let changes = random(6); changes >= 0; changes--) {
    const at = (near[random(near.length)] as number) + random(512);
    before.push([at, disk.readUInt32LE(at)]);
    if (random(2) === 0) disk.writeUInt8(random(256), at);
    else disk.writeUInt32LE(words[random(words.length)] ?? 0, at);
  }
  look(random(8) === 0 ? disk.subarray(0, random(disk.length)) : disk);
  for (const [at, value] of before.reverse()) disk.writeUInt32LE(value, at);
}

/** Reads all of it as `import-image` would; returns what it held. */
function readAll(bytes: Uint8Array): number {
  const disk = contentOf(bytes);
  const table = readPartitions(disk);
  if ("problem" in table) return 0;
  let held = 0;
  for (const { start, size } of table.partitions) {
    for (const { path, content } of readVolume(slice(disk, start, size)).files) {
      if (posix.resolve("/out", path) !== `/out/${path}`) throw new Error(`leads out: ${path}`);
      for (const piece of chunks(content)) held += piece.length;
    }
  }
  return held;
}

describe.each(bits)("FAT%i", (each) => {
  const whole = smallVolume(each);

  it("is a good volume to begin with", () => {
    expect(readVolume(contentOf(whole)).problems).toEqual([]);
    expect(readAll(whole)).toBe(3 * 1300 + 5);
  });

  it(`${count} damaged ones`, { timeout: 600_000 + count }, () => {
    const disk = Buffer.from(whole);
    for (let index = 0; index < count; index++) {
      damaged(disk, (bytes) => {
        if (readAll(bytes) > bytes.length) throw new Error("more than there is");
      });
    }
    expect(disk.equals(whole)).toBe(true);
  });
});

describe("what is said of", () => {
  const said = (names: readonly Name[], links: Readonly<Record<number, number>> = {}) =>
    readVolume(contentOf(smallVolume(16, names, links))).problems;
  const file = (name: string, size = 1300, cluster = 2) => ({ name, size, cluster });

  it.each<[string, readonly Name[], Readonly<Record<number, number>>, string]>([
    [
      "a chain that comes back",
      [file("A", 4000)],
      { 4: 2 },
      "A: goes on in cluster 2, which is taken already",
    ],
    [
      "two files in one place",
      [file("A"), file("B")],
      {},
      "B: goes on in cluster 2, which is taken already",
    ],
    ["a size that lies", [file("A", 9000)], {}, "A: says it has 9000 bytes, and ends after 1536"],
    [
      "a size of 4 GiB",
      [file("A", 0xffffffff)],
      {},
      "A: says it has 4294967295 bytes, and ends after 1536",
    ],
    [
      "a cluster outside",
      [file("A", 10, 60000)],
      {},
      "A: goes on in cluster 60000, which there is not",
    ],
    [
      "a folder in itself",
      [{ name: "A", folder: true, cluster: 2 }],
      { 2: 2 },
      "A: goes on in cluster 2, which is taken already",
    ],
    [
      "a name that leads out",
      [file("../../etc/passwd")],
      {},
      '"../../etc/passwd": has a character that no name may have',
    ],
    ["a name that is the folder above", [file("..")], {}, '"..": is a place and no name'],
    ["a name for Windows", [file("C:\\x")], {}, '"C:\\\\x": has a character that no name may have'],
    [
      "a name with a line end",
      [file("a\nb")],
      {},
      '"a\\nb": has a character that no name may have',
    ],
    ["half a character", [file("a\ud800b")], {}, '"a\\ud800b": is no Unicode'],
    [
      "a name twice",
      [file("config.txt", 0), file("CONFIG.TXT", 0)],
      {},
      '"CONFIG.TXT": is there twice',
    ],
  ])("%s", (_, names, links, problem) => {
    expect(said(names, links)).toEqual([problem]);
  });
});
