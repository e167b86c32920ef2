// DATA packets prepared in chunks: the right bytes at every border, shared, and bounded.
import { describe, expect, it } from "vitest";
import { Blocks, ChunkCache, type Content } from "../../src/tftp/blocks.js";
import { encodeData } from "../../src/tftp/packet.js";
import { contentOf } from "../../src/tftp/source.js";

const bytes = Buffer.from(Array.from({ length: 300_000 }, (_, at) => (at * 7 + (at >> 9)) & 255));

describe("every packet is what encodeData makes", () => {
  const shapes = [
    [0, 512],
    [511, 512],
    [512, 512],
    [65536, 8],
    [70_001, 8],
    [300_000, 512],
    [300_000, 1468],
    [300_000, 65464],
    [131_072, 16384],
  ] as const;
  it.each(shapes)("%i bytes in blocks of %i", (size, blksize) => {
    const file = bytes.subarray(0, size);
    const blocks = new Blocks(contentOf(file), blksize, new ChunkCache(1 << 20));
    expect(blocks.last).toBe(Math.floor(size / blksize) + 1);
    for (let block = 1; block <= blocks.last; block++) {
      const data = file.subarray((block - 1) * blksize, block * blksize);
      if (Buffer.compare(blocks.packet(block), encodeData(block, data)) !== 0) {
        throw new Error(`block ${block}`);
      }
    }
    expect(blocks.bytesThrough(blocks.last)).toBe(size);
  });
});

/** Counts what is read. */
function counted(size: number, identity?: string) {
  const reads: number[] = [];
  const content: Content = {
    size,
    ...(identity === undefined ? {} : { identity }),
    read(offset, length) {
      reads.push(offset);
      return bytes.subarray(offset, offset + length);
    },
  };
  return { content, reads };
}
const walk = (blocks: Blocks) => {
  for (let block = 1; block <= blocks.last; block++) blocks.packet(block);
};

describe("chunks", () => {
  it("are read once for all transfers of a file", () => {
    const cache = new ChunkCache(1 << 20);
    const { content, reads } = counted(200_000);
    for (let transfer = 0; transfer < 5; transfer++) walk(new Blocks(content, 512, cache));
    expect(reads).toEqual([0, 65536, 131072, 196608]);
  });

  it("are shared by contents that say they are the same", () => {
    const cache = new ChunkCache(1 << 20);
    const [one, two, three] = [counted(1000, "a"), counted(1000, "a"), counted(1000, "b")];
    for (const { content } of [one, two, three]) walk(new Blocks(content, 512, cache));
    expect([one, two, three].map(({ reads }) => reads.length)).toEqual([1, 0, 1]);
  });

  it("are dropped when there are too many, the longest unused first", () => {
    const cache = new ChunkCache(200_000);
    const { content, reads } = counted(300_000);
    walk(new Blocks(content, 512, cache));
    walk(new Blocks(content, 512, cache));
    expect(reads.length).toBe(10);
  });

  it("are kept whole by a transfer that is in them", () => {
    const cache = new ChunkCache(1);
    const { content, reads } = counted(300_000);
    const blocks = new Blocks(content, 1024, cache);
    for (let block = 1; block <= 64; block++) blocks.packet(block);
    expect(reads).toEqual([0]);
  });

  it("fail when the content is shorter than it said", () => {
    const content = { size: 5000, read: () => bytes.subarray(0, 10) };
    expect(() => new Blocks(content, 512, new ChunkCache(1)).packet(1)).toThrow("shorter");
  });
});
