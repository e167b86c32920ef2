// Edits of a flow that is served: what is too large or too deep is refused with its message, and the
// build before is served on.
import { mkdirSync, truncateSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";
import { rows } from "../compile/large.js";
import { fetch } from "../tftp/socket.js";
import { Flow, script, serve } from "./serving.js";

const GiB = 2 ** 30;

it("serves on, whatever somebody writes into it", async () => {
  const flow = new Flow();
  const { program, tftp } = await serve(flow.path);
  const { bytes } = await fetch(tftp, script);
  for (const [what, code, text, held = {}, huge = []] of rows) {
    for (const [name, content] of Object.entries(held)) {
      writeFileSync(join(flow.folder, name), content);
    }
    for (const name of huge) {
      const path = join(flow.folder, name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, "");
      truncateSync(path, 2 * GiB);
    }
    writeFileSync(flow.path, text);
    await program.waitFor(new RegExp(`error\\[${code}\\]`), 30_000);
    await program.waitFor(/build 1 is served on|broken|errors?/, 30_000);
    expect((await fetch(tftp, script)).bytes, what).toEqual(bytes);
    expect(program.exitCode, what).toBe(null);
  }
}, 240_000);
