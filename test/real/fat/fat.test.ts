// Volumes and tables made by Debian's tools, read byte for byte.
import { describe, expect, it } from "vitest";
import { readPartitions, readVolume } from "../../../src/fat/index.js";
import { openFile } from "../../../src/files/index.js";
import { bytesOf, contentOf, slice } from "../../../src/image/index.js";
import { emptyFolder } from "../../cli/cli.js";
import { have } from "../../tools/tools.js";
import { bootFiles, type DiskOptions, diskTools, makeDisk, noise } from "./disks.js";

const table: readonly DiskOptions[] = [
  { bits: 12 },
  { bits: 12, table: "dos" },
  { bits: 16 },
  { bits: 16, table: "dos" },
  { bits: 16, table: "gpt" },
  { bits: 32 },
  { bits: 32, table: "dos" },
  { bits: 32, table: "gpt" },
  { bits: 32, table: "gpt", sector: 4096, size: 272 << 20 },
  { bits: 16, sector: 4096, size: 32 << 20 },
];

/** All that is in the first FAT partition of the disk. */
function filesOf(path: string) {
  const { file: disk, problem } = openFile(path);
  if (!disk) throw new Error(problem.message);
  const found = readPartitions(disk);
  if ("problem" in found) throw new Error(found.problem);
  const partition = found.partitions.find(({ fat }) => fat);
  if (!partition) throw new Error("no FAT partition");
  return { found, partition, ...readVolume(slice(disk, partition.start, partition.size)) };
}

const kinds = { dos: "mbr", gpt: "gpt", none: "none" };

describe.runIf(have(...diskTools))("what Debian's tools make", () => {
  it.each(table)("is read whole: %o", (options) => {
    const { found, bits, files, problems } = filesOf(makeDisk(emptyFolder(), options));
    expect(problems).toEqual([]);
    expect(bits).toBe(options.bits);
    expect(found).toMatchObject({
      kind: kinds[options.table ?? "none"],
    });
    const contents = new Map(files.map(({ path, content }) => [path, bytesOf(content)]));
    expect([...contents.keys()].sort()).toEqual(Object.keys(bootFiles).sort());
    for (const [path, bytes] of Object.entries(bootFiles)) {
      expect(Buffer.from(contents.get(path) ?? []).equals(bytes), path).toBe(true);
    }
  });

  it("is read in pieces of any size", () => {
    const { files } = filesOf(makeDisk(emptyFolder(), { bits: 16, table: "dos" }));
    const file = files.find(({ path }) => path === "bcm2711-rpi-4-b.dtb");
    const whole = bootFiles["bcm2711-rpi-4-b.dtb"] as Buffer;
    for (const [offset, length] of [
      [0, 1],
      [511, 2],
      [54000, 1000],
      [54321, 5],
      [1, 54320],
    ] as const) {
      expect(Buffer.from(file?.content.read(offset, length) ?? [])).toEqual(
        Buffer.from(whole.subarray(offset, offset + length)),
      );
    }
  });

  it("may have hundreds of files in a folder, and pieces all over the place", () => {
    const many = Array.from({ length: 120 }, (_, index) => [
      `overlays/overlay number ${index}.dtbo`,
      noise(600 + index, index),
    ]);
    const files: Record<string, Buffer> = Object.fromEntries(many);
    const found = filesOf(makeDisk(emptyFolder(), { bits: 12, files }));
    expect(found.problems).toEqual([]);
    expect(found.files.every(({ path, content }) => files[path]?.equals(bytesOf(content)))).toBe(
      true,
    );
    expect(found.files).toHaveLength(120);
  });
});

it("says what is no table", () => {
  const found = (bytes: Uint8Array) => readPartitions(contentOf(bytes));
  const nothing = { problem: "has neither a partition table nor a FAT file system" };
  expect(found(new Uint8Array(0))).toEqual(nothing);
  expect(found(new Uint8Array(4096))).toEqual(nothing);
  const guid = new Uint8Array(8192);
  guid.set([0x55, 0xaa], 510);
  expect(found(guid)).toEqual({ kind: "mbr", partitions: [] });
  guid.set([0xee, 0, 0, 0, 1, 0, 0, 0, 255, 255, 255, 255], 446 + 4);
  expect(found(guid)).toEqual({ problem: "has a GUID partition table that is not in its place" });
  guid.set(new TextEncoder().encode("EFI PART"), 512);
  expect(found(guid)).toEqual({ problem: "has a damaged GUID partition table" });
});
