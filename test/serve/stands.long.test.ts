// What the whole command stands: a disk that is full under its output.
import { createSocket } from "node:dgram";
import { existsSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { expect, it, onTestFinished } from "vitest";
import { fetch } from "../tftp/socket.js";
import { Program } from "../tools/program.js";
import { Flow, main, script } from "./serving.js";

/** A port that nobody uses just now. */
async function freePort(): Promise<number> {
  const socket = createSocket("udp4");
  await new Promise<void>((done) => socket.bind(0, "127.0.0.1", done));
  const { port } = socket.address();
  socket.close();
  return port;
}

it.runIf(existsSync("/dev/full")).each([
  ["its output", ">/dev/full", "--json"],
  ["its output and its messages", ">/dev/full 2>&1"],
])("goes on with a full disk under %s", async (_, redirection, ...flags) => {
  const port = await freePort();
  const where = ["--address", "127.0.0.1", "--port", `${port}`, ...flags];
  const line = `exec "$0" "$@" ${redirection}`;
  const program = new Program("sh", [
    ...["-c", line, process.execPath, main, "serve", ...where, new Flow().path],
  ]);
  onTestFinished(() => program.stop());
  const get = (name: string) => fetch(port, name).catch(({ message }: Error) => message);
  for (let tries = 0; tries < 40 && typeof (await get(script)) === "string"; tries++) {
    await pause(100);
  }
  for (let tries = 0; tries < 5; tries++) {
    expect(await get("nothing")).toMatch(/file not found/);
    expect(await get(script)).toMatchObject({ bytes: expect.anything() });
  }
  process.kill(program.pid, "SIGTERM");
  await program.ended;
  expect(program.exitCode).toBe(0);
});
