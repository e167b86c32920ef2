// Thirty builds of 32 MiB while boards fetch: what no board asks for any more is let go.
import { writeFileSync } from "node:fs";
import { expect, it } from "vitest";
import { fetch } from "../tftp/socket.js";
import { Flow, get, script, serve } from "./serving.js";

const SECONDS = 1000;

it("memory does not grow with builds", async () => {
  const flow = new Flow(Buffer.alloc(32 << 20, 1));
  const { program, tftp, http, metrics } = await serve(flow.path);
  for (let build = 2; build < 30; build++) {
    await fetch(tftp, script);
    await get(http, "linux.uImage", `127.0.0.${build}`);
    writeFileSync(flow.large, Buffer.alloc(32 << 20, build));
    process.kill(program.pid, "SIGHUP");
    await program.waitFor(`build ${build}:`, 20 * SECONDS);
  }
  const page = await get(metrics, "metrics");
  const value = (name: string) => Number(new RegExp(`^${name} (\\d+)`, "m").exec(page)?.[1]);
  expect(value("ubootc_builds_held")).toBeLessThanOrEqual(9);
  // Nine builds of 32 MiB that all differ, the program, and what is not collected yet; thirty
  // builds would be 960 MiB.
  expect(value("process_resident_memory_bytes") / (1 << 20)).toBeLessThan(9 * 32 + 256);
}, 480_000);
