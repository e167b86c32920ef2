// The inputs that the flows of these folders name: a few stand for all, and some that no folder can
// hold are made here.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { FileProblem, Files } from "../../src/files/index.js";
import { bytesOf, type Content, contentOf } from "../../src/image/index.js";

import { stubs } from "./stubs.js";

const KiB = 1024;
const MiB = 1024 * KiB;
const bytes = (text: string) => new TextEncoder().encode(text);

/** So many bytes, the first of them given, the others 0; never held in memory. */
function padded(size: number, start: Uint8Array = new Uint8Array()): Content {
  return {
    size,
    read(offset, length) {
      const piece = new Uint8Array(Math.max(0, Math.min(size, offset + length) - offset));
      piece.set(start.subarray(offset, offset + piece.length).subarray(0, piece.length));
      return piece;
    },
  };
}

/** An arm64 kernel (Documentation/arch/arm64/booting.rst) of `size` bytes, as large in memory. */
function arm64Image(size: number): Content {
  const header = new DataView(new ArrayBuffer(64));
  header.setBigUint64(16, BigInt(size), true);
  header.setBigUint64(24, 0xan, true);
  header.setUint32(56, 0x644d5241, true);
  return padded(size, new Uint8Array(header.buffer));
}

/** A device tree of one empty node that reserves memory (Devicetree Specification 0.4, 5). */
function deviceTree(...reserved: readonly (readonly [start: number, size: number])[]): Content {
  const map = [...reserved, [0, 0] as const].flatMap(([start, size]) => [0, start, 0, size]);
  const structure = 40 + map.length * 4;
  const words = [0xd00dfeed, structure + 16, structure, structure + 16, 40, 17, 16, 0, 0, 16];
  const tree = new DataView(new ArrayBuffer(structure + 16));
  for (const [index, word] of [...words, ...map, 1, 0, 2, 9].entries()) {
    tree.setUint32(index * 4, word);
  }
  return contentOf(new Uint8Array(tree.buffer));
}

/** A kernel in a gzip file whose end says that it unpacks to `size` bytes (RFC 1952, 2.3.1). */
function gzipThatSays(size: number): Content {
  const packed = gzipSync(bytesOf(arm64Image(64 * KiB)));
  packed.writeUInt32LE(size, packed.length - 4);
  return contentOf(packed);
}

/** Half of a gzip file, with the size it unpacks to at its end. */
function cut(whole: Content): Content {
  const bytes = bytesOf(whole);
  return contentOf(Buffer.concat([bytes.slice(0, bytes.length >> 1), bytes.slice(-4)]));
}

const example = (name: string) =>
  contentOf(readFileSync(join(import.meta.dirname, "../../examples/zero-client", name)));

/** What every flow can name. */
const shared: Readonly<Record<string, () => Content | FileProblem>> = {
  "Image.gz": () => example("Image.gz"),
  "pi3.dtb": () => example("bcm2837-rpi-3-b.dtb"),
  "reserving.dtb": () => deviceTree([0x01000000, 0x100000]),
  Image: () => arm64Image(8 * MiB),
  "initrd.img": () => padded(16 * MiB),
  "huge.img": () => padded(600 * MiB),
  "huge.gz": () => gzipThatSays(160 * MiB),
  unpacked: () => stubs["unpacked.gz"]?.() ?? contentOf(bytes("")),
  "notes.txt": () => contentOf(bytes("some notes\n")),
  folder: () => ({ code: "not-a-file", path: "folder", message: "folder: is a directory" }),
  "secret.gz": () => ({
    code: "unreadable",
    path: "secret.gz",
    message: "secret.gz: permission denied",
  }),
  "cut.gz": () => cut(gzipThatSays(64 * KiB)),
  "empty.gz": () => contentOf(new Uint8Array()),
};

const beginning = "board rpi_3\n";
const script = (body: string) => `${beginning}\nscript boot on sdcard "boot.scr" {\n${body}}\n`;

/** Flows that no folder can hold: not text, or too long to be read by anybody. */
const flows: Readonly<Record<string, () => Content>> = {
  "not-utf8": () =>
    contentOf(Uint8Array.from([...bytes("# caf"), 0xe9, ...bytes(`\n${beginning}`)])),
  "private-key": () =>
    contentOf(
      bytes(`-----BEGIN PRIVATE ${""}KEY-----\n${"A".repeat(64)}\n-----END PRIVATE KEY-----\n`),
    ),
  "text-too-long": () => contentOf(bytes(`${beginning}# ${"-".repeat(65 * 1024)}\n`)),
  "too-many": () => contentOf(bytes(script("  dhcp\n".repeat(16_385)))),
  "source-too-large": () => padded(65 * MiB, bytes(beginning)),
  "script-too-large": () => contentOf(bytes(script(`  print "${"-".repeat(500)}"\n`.repeat(140)))),
};

/** The files of the folder for `code`, with what cannot be in it. */
export function filesOf(code: string): Files {
  return {
    open(path) {
      const file = join(import.meta.dirname, code, path);
      const made = path === "flow.boot" ? flows[code] : undefined;
      if (made) return made();
      if (existsSync(file)) return contentOf(readFileSync(file));
      return (
        shared[path]?.() ??
        stubs[path]?.() ?? { code: "missing", path, message: `${path}: no such file` }
      );
    },
  };
}
