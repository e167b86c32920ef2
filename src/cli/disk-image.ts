// An image of a disk, given as a file, compressed or not, or piped in: its partition table, and one
// of its partitions to read in any order. Of a stream only that partition is kept, on the disk; it is
// read to its end, so that its checksums are.
import { tmpdir } from "node:os";
import { dirname } from "node:path";
import { type Partition, type PartitionTable, readPartitions, TABLE_SIZE } from "../fat/index.js";
import {
  type FileContent,
  isUnpackable,
  makeDirectory,
  openFile,
  spool,
  unpack,
} from "../files/index.js";
import {
  type Content,
  concatenate,
  contentOf,
  type Packing,
  packedAs,
  printable,
  slice,
} from "../image/index.js";

/** How to pipe in what is not unpacked here; `-c` and `-p` write to standard output. */
const TOOLS: Readonly<Record<string, string>> = {
  gzip: "gzip -dc",
  xz: "xz -dc",
  zstd: "zstd -dc",
  bzip2: "bzip2 -dc",
  lzma: "xz -dc",
  lzo: "lzop -dc",
  lz4: "lz4 -dc",
  "lz4-legacy": "lz4 -dc",
  zip: "unzip -p",
};

/** An opened image. */
export interface DiskImage extends AsyncDisposable {
  readonly table: PartitionTable;
  /** The bytes of `partition`, fewer where the image ends before it does; once, for one of them. */
  open(partition: Partition): Promise<Content>;
}

/** Streams are read up to here, in bytes: a boot partition lies in front, and zeros cost time. */
const FARTHEST = 2 ** 34;

/**
 * Opens the image `name`, `-` for standard input. What has to be kept of it goes beside `out`.
 * @throws `Error` for what a person can mend, `UnpackError` for compressed data that is damaged.
 */
export async function openDisk(name: string, out: string | undefined): Promise<DiskImage> {
  if (name === "-") return streamed({ name: "standard input", stream: process.stdin }, out);
  const { file, problem } = openFile(name);
  if (!file) throw new Error(problem.message);
  const packing = packingOf(file);
  if (packing === undefined) {
    return {
      table: readPartitions(file),
      open: async ({ start, size }) => slice(file, start, size),
      [Symbol.asyncDispose]: async () => file.close(),
    };
  }
  if (packing === "zip" || !isUnpackable(packing)) {
    file.close();
    const way = `${TOOLS[packing]} ${printable(name)} | ubootc import-image -`;
    throw new Error(`${printable(name)}: is ${packing}: pipe it in: ${way}`);
  }
  return streamed({ name: printable(name), stream: unpack(file, packing), file }, out);
}

/** What an image is packed with: the formats of streams, and the archive that images are sold in. */
function packingOf(content: Content): Packing | "zip" | undefined {
  const isZip = Buffer.from(content.read(0, 4)).toString("latin1") === "PK\x03\x04";
  return isZip ? "zip" : packedAs(content)?.compression;
}

/** An image that comes in order. */
interface Coming {
  readonly name: string;
  readonly stream: AsyncIterable<Uint8Array>;
  /** What it comes from. */
  readonly file?: FileContent;
}

async function streamed(
  { name, stream, file }: Coming,
  out: string | undefined,
): Promise<DiskImage> {
  const rest = stream[Symbol.asyncIterator]();
  const head: Uint8Array[] = [];
  try {
    for (let length = 0; length < TABLE_SIZE; ) {
      const { value, done } = await rest.next();
      if (done) break;
      head.push(value);
      length += value.length;
    }
    refusePacked(name, concatenate(head.map(contentOf)), file !== undefined);
  } catch (error) {
    // Standard input that stays open keeps the process.
    await rest.return?.();
    file?.close();
    throw error;
  }
  const start = concatenate(head.map(contentOf));
  const all = async function* () {
    yield* head.splice(0);
    yield* { [Symbol.asyncIterator]: () => rest };
  };
  const opened: FileContent[] = file ? [file] : [];
  return {
    table: readPartitions(start),
    async open({ start, size }) {
      if (start + size > FARTHEST) {
        throw new Error("the partition ends beyond 16 GiB: unpack the image first");
      }
      const folder = out === undefined ? tmpdir() : dirname(out);
      const problem = makeDirectory(folder);
      if (problem) throw new Error(problem.message);
      const kept = await spool(all(), { start, size }, folder);
      opened.push(kept);
      return kept;
    },
    async [Symbol.asyncDispose]() {
      await rest.return?.();
      for (const each of opened) each.close();
    },
  };
}

/** @throws when `start` is that of something packed; `again` where it was unpacked once already. */
function refusePacked(name: string, start: Content, again: boolean): void {
  const packing = packingOf(start);
  if (packing === undefined) return;
  const way = `${TOOLS[packing]} IMAGE | ubootc import-image -`;
  if (!again) throw new Error(`${name}: is ${packing}: unpack it first: ${way}`);
  throw new Error(`${name}: holds something packed again, with ${packing}: unpack it first`);
}
