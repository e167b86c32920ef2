// What a handler throws, or its promise is rejected with, ends neither the process nor what comes after.
import { expect, it } from "vitest";
import { type Mishap, SafetyNet } from "../../src/ground/index.js";

const boom = () => new Error("boom");
const failing: readonly (readonly [string, () => unknown])[] = [
  [
    "throws",
    () => {
      throw boom();
    },
  ],
  ["is rejected at once", () => Promise.reject(boom())],
  [
    "is rejected later",
    async () => {
      await Promise.resolve();
      throw boom();
    },
  ],
];

it.each(failing)("tells what %s, with its place", async (_, handler) => {
  const told: Mishap[] = [];
  new SafetyNet((mishap) => told.push(mishap)).under("tftp request", handler)();
  await new Promise(setImmediate);
  expect(told).toMatchObject([{ place: "tftp request", message: "boom" }]);
});

it.each(failing)("survives a listener who throws at what %s", async (_, handler) => {
  const net = new SafetyNet(() => {
    throw new Error("the listener");
  });
  expect(() => net.run("here", handler)).not.toThrow();
  await new Promise(setImmediate);
});
