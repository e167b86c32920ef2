// Memory, judged twice: the checks say of each placement whether it is safe, and real U-Boot boots
// a kernel from it that looks whether it and its initrd arrived whole. Nothing that fails there may
// pass here. What is refused although it survives is in the table, with the reason.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { compileUnchecked, flowOf, rows, writeInputs } from "../../simulator/placement-rows.js";
import { have } from "../../tools/tools.js";
import { boardTools, dumpDeviceTree, startOffline } from "./board.js";

/** What the board does with it: the line of the kernel, or nothing. */
async function bootIt(directory: string): Promise<string> {
  const environment = { bootdelay: "0", boot_targets: "virtio0" };
  const board = await startOffline(join(directory, "board"), {
    sdcard: join(directory, "sdcard"),
    environment,
  });
  try {
    return await board.waitFor(/(intact: .*|no tree)\n|=> |ERROR|RESET/, 15_000);
  } catch {
    return "nothing";
  } finally {
    await board.stop();
  }
}

it.runIf(have(...boardTools))("placements", { timeout: 900_000 }, async () => {
  const root = mkdtempSync(join(tmpdir(), "ubootc-sweep-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const results: string[] = [];
  const expected: string[] = [];
  const pending = [...rows.entries()];
  const work = async () => {
    for (let next = pending.shift(); next; next = pending.shift()) {
      const [index, row] = next;
      const directory = join(root, `${index}`);
      writeInputs(directory);
      dumpDeviceTree(join(directory, "virt.dtb"));
      const errors = compileUnchecked(directory, flowOf(row));
      const said = await bootIt(directory);
      const whole = said.startsWith("intact: kernel initrd");
      const verdict = errors.length > 0 ? "refused" : "passed";
      results[index] = `${row.name}: ${verdict}, ${whole ? "boots" : "fails"}`;
      const wanted =
        row.survives !== undefined
          ? "refused, boots"
          : errors.length > 0
            ? "refused, fails"
            : "passed, boots";
      expected[index] = `${row.name}: ${wanted}`;
      rmSync(directory, { recursive: true, force: true });
    }
  };
  await Promise.all([work(), work()]);
  expect(results).toEqual(expected);
});
