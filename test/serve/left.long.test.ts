// Bodies over HTTP that are left by who asked for them, after every few kilobytes: nothing is thrown, no
// descriptor stays open, and the next one gets all of it.
import { readdirSync } from "node:fs";
import { connect } from "node:net";
import { expect, it } from "vitest";
import { Flow, get, serve } from "./serving.js";

const SIZE = 1_000_000;
const EVERY = 16_381;

/** Asks for `file`, and hangs up when `wanted` bytes have come; by a reset every other time. */
const leave = (port: number, file: string, wanted: number) =>
  new Promise<void>((done, failed) => {
    const socket = connect(port, "127.0.0.1", () => {
      socket.write(`GET /${file} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`);
    });
    let got = 0;
    socket.on("error", failed).on("close", () => done());
    socket.on("data", (piece: Buffer) => {
      got += piece.length;
      if (got < wanted) return;
      if (wanted % 2 === 0) socket.resetAndDestroy();
      else socket.destroy();
    });
  });

it("is left anywhere", { timeout: 240_000 }, async () => {
  const flow = new Flow(Buffer.alloc(SIZE, "abcdefg "));
  const { program, http } = await serve(flow.path);
  const open = () => readdirSync(`/proc/${program.pid}/fd`).length;
  await leave(http, "large.bin", 1);
  const before = process.platform === "linux" ? open() : 0;
  for (let wanted = 1; wanted < SIZE; wanted += EVERY) await leave(http, "large.bin", wanted);
  expect(await get(http, "large.bin")).toHaveLength(SIZE);
  if (process.platform === "linux")
    await expect.poll(open, { timeout: 5000 }).toBeLessThanOrEqual(before);
  expect(program.output).not.toMatch(/Error|at .*\.js:/);
});
