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
}

/** How much of a file is prepared at once, in bytes; a chunk has at least one block. */
const CHUNK = 1 << 16;

interface Chunk {
  readonly packets: readonly Uint8Array[];
  readonly bytes: number;
  /** Takes the chunk out of its file. */
  drop(): void;
}

/** Chunks of all files, the least recently used first, within a budget of bytes. */
export class ChunkCache {
  readonly #chunks = new Set<Chunk>();
  readonly #files = new WeakMap<Content, Map<number, Blocks>>();
  readonly #budget: number;
  #bytes = 0;

  constructor(budget: number) {
    this.#budget = budget;
  }

  /** `content` in blocks of `blksize` bytes; the same object for the same file and size. */
  blocks(content: Content, blksize: number): Blocks {
    const sizes = this.#files.get(content) ?? new Map<number, Blocks>();
    this.#files.set(content, sizes);
    const blocks = sizes.get(blksize) ?? new Blocks(content, blksize, this);
    sizes.set(blksize, blocks);
    return blocks;
  }

  /** Notes that `chunk` is in use now; drops others when there are too many. */
  touch(chunk: Chunk): void {
    if (!this.#chunks.delete(chunk)) this.#bytes += chunk.bytes;
    this.#chunks.add(chunk);
    for (const oldest of this.#chunks) {
      if (this.#bytes <= this.#budget || oldest === chunk) return;
      this.#chunks.delete(oldest);
      this.#bytes -= oldest.bytes;
      oldest.drop();
    }
  }
}

/** One file in blocks of one size. */
export class Blocks {
  /** The number of the last block, from 1 and without wrap; it is shorter than the others. */
  readonly last: number;
  readonly blksize: number;
  readonly #content: Content;
  readonly #cache: ChunkCache;
  readonly #perChunk: number;
  readonly #chunks = new Map<number, Chunk>();

  constructor(content: Content, blksize: number, cache: ChunkCache) {
    this.blksize = blksize;
    this.last = Math.floor(content.size / blksize) + 1;
    this.#content = content;
    this.#cache = cache;
    this.#perChunk = Math.max(1, Math.floor(CHUNK / blksize));
  }

  /** Bytes of the file in the first `block` blocks. */
  bytesThrough(block: number): number {
    return Math.min(this.#content.size, block * this.blksize);
  }

  /**
   * The DATA packet of `block`, counted from 1 without wrap. Shared: do not write to it.
   * @throws when the content cannot be read any more.
   */
  packet(block: number): Uint8Array {
    const index = Math.floor((block - 1) / this.#perChunk);
    const number = block - 1 - index * this.#perChunk;
    const chunk = this.#chunks.get(index) ?? this.#prepare(index);
    // Every reader passes the first packet of a chunk: noting that one keeps the others cheap.
    if (number === 0) this.#cache.touch(chunk);
    return chunk.packets[number] as Uint8Array;
  }

  #prepare(index: number): Chunk {
    const first = index * this.#perChunk + 1;
    const count = Math.min(this.#perChunk, this.last - first + 1);
    const start = (first - 1) * this.blksize;
    const length = Math.min(count * this.blksize, this.#content.size - start);
    const data = this.#content.read(start, length);
    if (data.length !== length) throw new Error("the file is shorter than it was");
    const bytes = Buffer.allocUnsafeSlow(length + count * DATA_HEADER);
    const packets = Array.from({ length: count }, (_, number) => {
      const at = number * (this.blksize + DATA_HEADER);
      const from = number * this.blksize;
      const to = Math.min(length, from + this.blksize);
      bytes.writeUInt16BE(opcodes.DATA, at);
      bytes.writeUInt16BE((first + number) & 0xffff, at + 2);
      bytes.set(data.subarray(from, to), at + DATA_HEADER);
      return bytes.subarray(at, at + DATA_HEADER + to - from);
    });
    const chunk = { packets, bytes: bytes.length, drop: () => this.#chunks.delete(index) };
    this.#chunks.set(index, chunk);
    this.#cache.touch(chunk);
    return chunk;
  }
}
