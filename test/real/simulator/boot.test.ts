// Kernels are started on real U-Boot: every script of boot-table.txt prints what the table says. Needs
// QEMU, U-Boot for it and the tools that make a card.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { writeContent } from "../../../src/files/index.js";
import { bytesOf } from "../../../src/image/index.js";
import { card, file, head, normal, rows } from "../../simulator/boot-rows.js";
import { scriptImage } from "../../simulator/worlds.js";
import { have } from "../../tools/tools.js";
import { boardTools, startOffline } from "../e2e/board.js";

/** The console of the real one. */
async function real(script: string, place: string): Promise<string> {
  const sdcard = join(place, "card");
  mkdirSync(sdcard, { recursive: true });
  writeFileSync(join(sdcard, "boot.scr"), bytesOf(scriptImage(script)));
  for (const [name, content] of Object.entries(card)) {
    writeContent(join(sdcard, name), content);
  }
  const environment = { bootdelay: "0", boot_targets: "virtio0" };
  const board = await startOffline(join(place, "board"), { sdcard, environment });
  await board
    .waitFor(/hello from|SCRIPT FAILED|^resetting \.\.\.|### ERROR/m, 15_000)
    .catch(() => {});
  await board.stop();
  const after = board.output.split(/## Executing script at .*\n/)[1] ?? "";
  return normal(after.split(/^(?:hello from|SCRIPT FAILED)|qemu-system-/m)[0] ?? "");
}

it.runIf(have(...boardTools))("on the real one", { timeout: 900_000 }, async () => {
  const root = mkdtempSync(join(tmpdir(), "ubootc-boots-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const seen: string[] = [];
  const pending = [...rows.entries()];
  const work = async () => {
    for (let next = pending.shift(); next; next = pending.shift()) {
      const [index, { name, script }] = next;
      const console = await real(script, join(root, `${index}`));
      seen[index] = `=== ${name}\n${script}---\n${console}\n`;
      rmSync(join(root, `${index}`), { recursive: true });
    }
  };
  await Promise.all([work(), work()]);
  await expect(head + seen.join("\n")).toMatchFileSnapshot(file);
});
