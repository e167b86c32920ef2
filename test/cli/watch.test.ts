// Watching goes on, whatever throws when a change is taken up.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it, vi } from "vitest";
import { watch } from "../../src/cli/watch.js";
import { diskFiles } from "../../src/files/index.js";
import { emptyFolder } from "./cli.js";

it("builds again after a change that made it throw", async () => {
  const path = join(emptyFolder(), "a.boot");
  writeFileSync(path, "0");
  const inputs = () => {
    const files = diskFiles();
    files.open(path);
    files.close();
    return files.asked;
  };
  const caught: unknown[] = [];
  let times = 0;
  const again = () => {
    if (times++ === 0) throw new Error("sabotage");
    return inputs();
  };
  void watch(inputs(), again, (problem) => caught.push(problem));
  let text = 1;
  const change = () => writeFileSync(path, "x".repeat(text++));
  change();
  await vi.waitFor(() => expect(caught).toEqual([new Error("sabotage")]), { timeout: 100_000 });
  await vi.waitFor(
    () => {
      change();
      expect(times).toBeGreaterThan(1);
    },
    { timeout: 100_000, interval: 500 },
  );
}, 240_000);
