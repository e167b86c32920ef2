// What a client is offered after transfers that died.
import { describe, expect, it } from "vitest";
import { ClientMemory } from "../../src/tftp/memory.js";

const best = { blksize: 65464, windowsize: 16 };

describe("after a transfer that died", () => {
  const rows: [string, { blksize: number; windowsize: number }, number, object | undefined][] = [
    ["a large window", { blksize: 1468, windowsize: 16 }, 40, { blksize: 1468, windowsize: 4 }],
    ["a small window", { blksize: 1468, windowsize: 4 }, 40, { blksize: 1468, windowsize: 1 }],
    ["a window of two", { blksize: 512, windowsize: 2 }, 0, { blksize: 512, windowsize: 1 }],
    ["a large block", { blksize: 8192, windowsize: 1 }, 40, { blksize: 1468, windowsize: 1 }],
    ["a frame that came through", { blksize: 1468, windowsize: 1 }, 40, undefined],
    [
      "a frame that never did",
      { blksize: 1468, windowsize: 1 },
      0,
      { blksize: 1024, windowsize: 1 },
    ],
    ["a smaller frame", { blksize: 1024, windowsize: 1 }, 0, { blksize: 512, windowsize: 1 }],
    ["nothing to give up", { blksize: 512, windowsize: 1 }, 0, undefined],
  ];
  it.each(rows)("%s", (_name, terms, blocks, offer) => {
    const memory = new ClientMemory(best);
    expect(memory.died("10.0.0.1", terms, blocks, 0)).toEqual(offer);
    expect(memory.offer("10.0.0.1", 1)).toMatchObject(offer ?? best);
    expect(memory.offer("10.0.0.2", 1)).toEqual(best);
  });
});

it("offers less and less, down to RFC 1350", () => {
  const memory = new ClientMemory(best);
  let offer = best;
  for (let deaths = 0; deaths < 5; deaths++) {
    offer = memory.died("a", offer, 0, 0) ?? offer;
  }
  expect(offer).toEqual({ blksize: 512, windowsize: 1 });
});

it("forgets after an hour", () => {
  const memory = new ClientMemory(best);
  memory.died("a", { blksize: 1468, windowsize: 16 }, 9, 0);
  expect(memory.offer("a", 3_599_999).windowsize).toBe(4);
  expect(memory.offer("a", 3_600_000)).toEqual(best);
});

it("is bounded, and forgets the client longest unseen", () => {
  const memory = new ClientMemory(best);
  for (let client = 0; client < 5000; client++) {
    memory.died(`client ${client}`, { blksize: 1468, windowsize: 16 }, 9, 0);
  }
  expect(memory.offer("client 0", 1)).toEqual(best);
  expect(memory.offer("client 4999", 1).windowsize).toBe(4);
});
