// A file as ready DATA packets: prepared once per file and block size, in chunks that transfers
// share and a cache bounds. Leaves out where the bytes come from. RFC 1350 section 5.
import { DATA_HEADER, opcodes } from "./packet.js";

/** Bytes of a known size, as the rest of ubootc has them; only the shape matters. */
export interface Content {
  /** Length in bytes. */
  readonly size: number;
  /**
   * Reads `length` bytes from `offset`.
   * @throws when the bytes cannot be read any more (a file that was cut or changed meanwhile).
   */
  read(offset: number, length: number): Uint8Array;
  /** The same for contents that have the same bytes for ever; undefined: only for itself. */
  readonly identity?: string;
  /** Reads from `offset` into one part after the other, when that is cheaper than `read`. */
  scatter?(parts: readonly Uint8Array[], offset: number): void;
}

/** How much of a file is prepared at once, in bytes and in blocks; at least one block. */
const CHUNK = 1 << 16;
const CHUNK_BLOCKS = 512;

interface Chunk {
  readonly packets: readonly Uint8Array[];
  readonly bytes: number;
}

/** Chunks of all files, the least recently used first, within a budget of bytes. */
export class ChunkCache {
  readonly #chunks = new Map<string, Chunk>();
  readonly #names = new WeakMap<Content, string>();
  readonly #budget: number;
  #bytes = 0;
  #named = 0;

  constructor(budget: number) {
    this.#budget = budget;
  }

  /** A name that only contents with the same bytes share. */
  nameOf(content: Content): string {
    if (content.identity !== undefined) return content.identity;
    const name = this.#names.get(content) ?? `content ${++this.#named}`;
    this.#names.set(content, name);
    return name;
  }

  /** The chunk called `key`, prepared when it is not there; others may be dropped for it. */
  get(key: string, prepare: () => Chunk): Chunk {
    const known = this.#chunks.get(key);
    const chunk = known ?? prepare();
    this.#chunks.delete(key);
    this.#chunks.set(key, chunk);
    if (!known) this.#bytes += chunk.bytes;
    for (const [oldest, { bytes }] of this.#chunks) {
      if (this.#bytes <= this.#budget || oldest === key) break;
      this.#chunks.delete(oldest);
      this.#bytes -= bytes;
    }
    return chunk;
  }
}

/** One file in blocks of one size, as one transfer reads it. */
export class Blocks {
  /** The number of the last block, from 1 and without wrap; it is shorter than the others. */
  readonly last: number;
  readonly #content: Content;
  readonly #blksize: number;
  readonly #cache: ChunkCache;
  readonly #key: string;
  readonly #perChunk: number;
  #packets: readonly Uint8Array[] = [];
  /** The number of the first of `#packets`. */
  #first = 0;

  constructor(content: Content, blksize: number, cache: ChunkCache) {
    this.last = Math.floor(content.size / blksize) + 1;
    this.#content = content;
    this.#blksize = blksize;
    this.#cache = cache;
    this.#key = `${cache.nameOf(content)} / ${blksize} / `;
    this.#perChunk = Math.max(1, Math.min(CHUNK_BLOCKS, Math.floor(CHUNK / blksize)));
  }

  /** Bytes of the file in the first `block` blocks. */
  bytesThrough(block: number): number {
    return Math.min(this.#content.size, block * this.#blksize);
  }

  /**
   * The DATA packet of `block`, counted from 1 without wrap. Shared: do not write to it.
   * @throws when the content cannot be read any more.
   */
  packet(block: number): Uint8Array {
    const packet = this.#packets[block - this.#first];
    if (packet) return packet;
    const index = Math.floor((block - 1) / this.#perChunk);
    const first = index * this.#perChunk + 1;
    const chunk = this.#cache.get(this.#key + index, () => this.#prepare(first));
    this.#packets = chunk.packets;
    this.#first = first;
    return chunk.packets[block - first] as Uint8Array;
  }

  #prepare(first: number): Chunk {
    const count = Math.min(this.#perChunk, this.last - first + 1);
    const start = (first - 1) * this.#blksize;
    const length = Math.min(count * this.#blksize, this.#content.size - start);
    const bytes = Buffer.allocUnsafeSlow(length + count * DATA_HEADER);
    const packets = Array.from({ length: count }, (_, number) => {
      const at = number * (this.#blksize + DATA_HEADER);
      bytes.writeUInt16BE(opcodes.DATA, at);
      bytes.writeUInt16BE((first + number) & 0xffff, at + 2);
      return bytes.subarray(at, at + DATA_HEADER + this.#blksize);
    });
    fill(this.#content, start, packets);
    return { packets, bytes: bytes.length };
  }
}

/** Puts the content from `start` after the headers of `packets`. */
function fill(content: Content, start: number, packets: readonly Uint8Array[]): void {
  const parts = packets.map((packet) => packet.subarray(DATA_HEADER));
  if (content.scatter) {
    content.scatter(parts, start);
    return;
  }
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const data = content.read(start, length);
  if (data.length !== length) throw new Error("the file is shorter than it was");
  let at = 0;
  for (const part of parts) {
    part.set(data.subarray(at, at + part.length));
    at += part.length;
  }
}
