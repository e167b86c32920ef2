// An image of a disk, given as a file, compressed or not, or piped in: its partition table, and one
// of its partitions to read in any order. Of a stream only that partition is kept, on the disk.
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
import { type Content, concatenate, contentOf, packedAs, slice } from "../image/index.js";

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
  if (name === "-") return streamed(process.stdin, out);
  const { file, problem } = openFile(name);
  if (!file) throw new Error(problem.message);
  const packing = packedAs(file)?.compression;
  if (packing === undefined) {
    return {
      table: readPartitions(file),
      open: async ({ start, size }) => slice(file, start, size),
      [Symbol.asyncDispose]: async () => file.close(),
    };
  }
  if (!isUnpackable(packing)) {
    file.close();
    throw new Error(`${name}: is ${packing}: unpack it and pipe it in, with - for the image`);
  }
  return streamed(unpack(file, packing), out, file);
}

async function streamed(
  stream: AsyncIterable<Uint8Array>,
  out: string | undefined,
  source?: FileContent,
): Promise<DiskImage> {
  const rest = stream[Symbol.asyncIterator]();
  const head: Uint8Array[] = [];
  for (let length = 0; length < TABLE_SIZE; ) {
    const { value, done } = await rest.next();
    if (done) break;
    head.push(value);
    length += value.length;
  }
  const all = async function* () {
    yield* head.splice(0);
    yield* { [Symbol.asyncIterator]: () => rest };
  };
  const opened: FileContent[] = source ? [source] : [];
  return {
    table: readPartitions(concatenate(head.map(contentOf))),
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
