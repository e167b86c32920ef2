// Disk images as Debian's tools make them: fdisk the table, mkfs.fat the volume, mcopy the files.
import { mkdirSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { find, run } from "../../tools/tools.js";

/** What the tests need to make disks. */
export const diskTools = ["fdisk", "mkfs.fat", "mcopy", "mmd"];

/** Bytes that look like nothing and differ from one `seed` to the next. */
export function noise(size: number, seed: number): Buffer {
  const bytes = Buffer.alloc(size);
  let state = seed * 2654435761 + 1;
  for (let at = 0; at < size; at++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    bytes[at] = state >>> 24;
  }
  return bytes;
}

/** The files of a boot partition, in small: sizes around those of clusters, names of every kind. */
export const bootFiles: Readonly<Record<string, Buffer>> = {
  "bootcode.bin": noise(52480, 1),
  "config.txt": Buffer.from("enable_uart=1\n"),
  "empty.txt": Buffer.alloc(0),
  "start4.elf": noise(4096, 2),
  UPPER: noise(511, 3),
  "Mixed Case and a very long name, with a comma.txt": noise(513, 4),
  "bcm2711-rpi-4-b.dtb": noise(54321, 5),
  "grüße-日本.txt": noise(7, 6),
  "overlays/README": noise(32769, 7),
  "overlays/vc4-kms-v3d-pi4.dtbo": noise(3913, 8),
  "overlays/deep/er/file.bin": noise(65536, 9),
};

/** How a disk is made. */
export interface DiskOptions {
  readonly bits: 12 | 16 | 32;
  readonly table?: "dos" | "gpt";
  /** Bytes of a sector of the disk and of the volume. */
  readonly sector?: number;
  readonly files?: Readonly<Record<string, Buffer>>;
  /** Bytes of the volume. */
  readonly size?: number;
}

const START = 1 << 20;

/** Makes `folder`/disk.img; returns its path. */
export function makeDisk(folder: string, options: DiskOptions): string {
  const { bits, table, sector = 512, files = bootFiles } = options;
  const { size = bits === 32 ? 40 << 20 : bits === 16 ? 16 << 20 : 2 << 20 } = options;
  const path = join(folder, "disk.img");
  writeFileSync(path, "");
  const start = table ? START : 0;
  truncateSync(path, start + size + (table ? START : 0));
  if (table) partition(path, table, sector, size);
  const sizes = ["-S", `${sector}`, "-s", bits === 12 ? "4" : "1"];
  const place = table ? ["--offset", `${start / sector}`] : [];
  // In KiB; without a partition the program would not take it for a disk otherwise.
  done("mkfs.fat", ["-F", `${bits}`, "-I", ...sizes, ...place, path, `${size / 1024}`]);
  const drive = `${path}@@${start}`;
  const folders = new Set<string>();
  const from = join(folder, "source");
  mkdirSync(from, { recursive: true });
  for (const [index, [name, bytes]] of Object.entries(files).entries()) {
    for (let at = name.indexOf("/"); at >= 0; at = name.indexOf("/", at + 1)) {
      if (folders.has(name.slice(0, at))) continue;
      folders.add(name.slice(0, at));
      done("mmd", ["-i", drive, `::/${name.slice(0, at)}`]);
    }
    const file = join(from, `${index}`);
    writeFileSync(file, bytes);
    done("mcopy", ["-i", drive, file, `::/${name}`]);
  }
  return path;
}

function partition(path: string, table: "dos" | "gpt", sector: number, size: number): void {
  const type = table === "dos" ? "c" : "EBD0A0A2-B9E5-4433-87C0-68B6B72699C7";
  const [start, count] = [START / sector, size / sector];
  const lines =
    table === "dos"
      ? ["o", "n", "p", "1", `${start}`, `+${count - 1}`, "t", type, "n", "p", "2", "", ""]
      : ["g", "n", "1", `${start}`, `+${count - 1}`, "t", type];
  // fdisk, since sfdisk knows no sectors of 4096 bytes in a file.
  done("fdisk", ["-b", `${sector}`, path], `${lines.join("\n")}\nw\n`);
}

function done(tool: string, args: string[], input?: string): void {
  const env = { MTOOLS_SKIP_CHECK: "1", LC_ALL: "C.UTF-8" };
  const { status, stderr, stdout } = run(tool, args, { env, ...(input && { input }) });
  if (status !== 0) throw new Error(`${find(tool)} ${args.join(" ")}: ${stdout}${stderr}`);
}

/** The image `path` as it is compressed by `tool`. */
export function packed(path: string, tool: "gzip" | "xz" | "zstd", ...args: string[]): string {
  const name = `${path}.${tool === "gzip" ? "gz" : tool === "zstd" ? "zst" : "xz"}`;
  done(tool, ["-k", "-f", "-1", ...args, path]);
  return readFileSync(name).length > 0 ? name : path;
}
