// The folder server/ of a build, as text.
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { flows, serverOf } from "./server-files.js";

describe.each(Object.entries(flows))("%s", (title, flow) => {
  it("is written down", async () => {
    const files = [...serverOf(flow)].map(([name, text]) => `=== ${name}\n${text}`);
    const golden = join(import.meta.dirname, "expected", `${title.replace(/[ ,]+/g, "-")}.txt`);
    await expect(files.join("\n")).toMatchFileSnapshot(golden);
  });
});
