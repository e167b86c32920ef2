// The examples for Raspberry Pis, as they come out: the files of the build by name, the texts among
// them as golden text, and what each of them is there to show.
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { examples, outcome } from "./examples.js";

describe.each(Object.entries(examples))("%s", (name, shown) => {
  const files = outcome(name);

  it("comes out as before", async () => {
    const texts = [...files].filter(([file]) => /^server\/|(config|cmdline)\.txt$/.test(file));
    const parts = texts.map(([file, text]) => `\n=== ${file}\n${text}`);
    const golden = join(import.meta.dirname, "expected/examples", `${name}.txt`);
    await expect([...files.keys(), ...parts].join("\n")).toMatchFileSnapshot(golden);
  });

  it.each(shown)("shows in %s what its article is about", (file, ...texts) => {
    expect([...files.keys()]).toContain(file);
    for (const text of texts) expect(files.get(file)).toContain(text);
  });
});
