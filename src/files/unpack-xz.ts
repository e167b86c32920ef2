// xz: a file is one stream or several, one after the other, with zeros between them. The library reads one
// and is silent about the rest, so that they are told apart here, from the end, as the format means it.
// Leaves out decoding. The .xz File Format, version 1.2.1, sections 2 and 4.
import { ReadableStream } from "node:stream/web";
import xz from "xz-decompress";
import { type Content, chunks, slice } from "../image/index.js";

const HEADER = 12;
const FOOTER = 12;

/** The most of an index that is read, in bytes: that of an image of terabytes. */
const LARGEST_INDEX = 1 << 26;

/** What `packed` holds. @throws `Error` where it is damaged. */
export async function* unpackXz(packed: Content): AsyncGenerator<Uint8Array> {
  const streams = streamsOf(packed);
  for (const stream of streams ?? [packed]) yield* unpackStream(stream);
  // As a whole it is a stream, and something follows it: else its end would be one.
  if (!streams) throw new Error("is followed by something that is not xz");
}

/** The streams in `packed`, from its end; undefined when it does not end as such a file does. */
function streamsOf(packed: Content): Content[] | undefined {
  const streams: Content[] = [];
  for (let end = packed.size; end > 0; ) {
    end = withoutPadding(packed, end);
    const start = startOf(packed, end);
    if (start === undefined) return undefined;
    streams.unshift(slice(packed, start, end - start));
    end = start;
  }
  return streams;
}

/** Where the stream padding before `end` begins: zeros, four at a time. */
function withoutPadding(packed: Content, end: number): number {
  while (end >= 4 && packed.read(end - 4, 4).every((byte) => byte === 0)) end -= 4;
  return end;
}

/** Where the stream begins that ends at `end`: its index says how long its blocks are. */
function startOf(packed: Content, end: number): number | undefined {
  if (end < HEADER + FOOTER) return undefined;
  const footer = Buffer.from(packed.read(end - FOOTER, FOOTER));
  if (footer.toString("latin1", 10) !== "YZ") return undefined;
  const size = (footer.readUInt32LE(4) + 1) * 4;
  const indexAt = end - FOOTER - size;
  if (size > LARGEST_INDEX || indexAt < HEADER) return undefined;
  const blocks = blocksIn(Buffer.from(packed.read(indexAt, size)));
  const start = blocks === undefined ? -1 : indexAt - blocks - HEADER;
  if (start < 0) return undefined;
  const magic = Buffer.from(packed.read(start, 6)).toString("latin1");
  return magic === "\xfd7zXZ\0" ? start : undefined;
}

/** The bytes of all blocks that `index` lists, with their padding. */
function blocksIn(index: Buffer): number | undefined {
  let at = 1;
  const number = (): number => {
    let value = 0;
    for (let shift = 1; ; shift *= 128) {
      const byte = index[at++];
      if (byte === undefined || shift > 2 ** 49) return Number.NaN;
      value += (byte & 0x7f) * shift;
      if (byte < 0x80) return value;
    }
  };
  let [left, total] = [index[0] === 0 ? number() : Number.NaN, 0];
  for (; left > 0 && !Number.isNaN(total); left--) {
    total += Math.ceil(number() / 4) * 4;
    number();
  }
  return left === 0 && Number.isSafeInteger(total) ? total : undefined;
}

async function* unpackStream(packed: Content): AsyncGenerator<Uint8Array> {
  const reader = new xz.XzReadableStream(pulled(packed)).getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } catch (error) {
    throw new Error(reasonOf(error));
  } finally {
    // Left between the last piece and the end, the library frees its memory twice, and throws.
    await reader.cancel().catch(() => {});
  }
}

/**
 * The pieces of `content`, each when it is asked for, and none after the stream was left:
 * `Readable.toWeb` goes on delivering then, and that throws where nobody can catch it.
 */
function pulled(content: Content): ReadableStream<Uint8Array> {
  const pieces = chunks(content)[Symbol.iterator]();
  return new ReadableStream<Uint8Array>({
    pull(controller) {
      const { done, value } = pieces.next();
      if (done) controller.close();
      else controller.enqueue(value.slice());
    },
    cancel: () => void pieces.return?.(undefined),
  });
}

/** What the number that xz fails with means (xz.h of XZ Embedded, enum xz_ret). */
const XZ_CODES: Readonly<Record<string, string>> = {
  2: "has a kind of checksum that is not supported",
  4: "needs more memory than it may have",
  5: "is not an xz file",
  6: "uses a filter or a checksum that is not supported",
  7: "is damaged",
  8: "is damaged or cut",
};

function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const code = /error code (\d+)/.exec(message)?.[1];
  return (code && XZ_CODES[code]) ?? message;
}
