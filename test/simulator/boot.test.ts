// Kernels are started on the virtual board as on the real one: every script of boot-table.txt runs
// on both, and prints the same.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { writeContent } from "../../src/files/index.js";
import { bytesOf } from "../../src/image/index.js";
import { simulate } from "../../src/simulator/index.js";
import { boardTools, startOffline } from "../e2e/board.js";
import { have } from "../tools/tools.js";
import { bootFiles } from "./boot-files.js";
import { debian, scriptImage, world } from "./worlds.js";

const file = join(import.meta.dirname, "boot-table.txt");
const [head = "", ...blocks] = readFileSync(file, "utf8").split(/^(?==== )/m);
const rows = blocks.map((block) => {
  const [, name = "", script = "", console = ""] =
    /^=== (.*)\n([\s\S]*?)^---\n([\s\S]*)$/m.exec(block) ?? [];
  return { name, script, console: console.trimEnd() };
});

/** What is the same on every run. */
function normal(console: string): string {
  return (
    console
      .replaceAll("\r", "")
      .replace(/^(\d+ bytes read) in .*$/gm, "$1")
      // Which of two codes it is depends on what is read in place of the data.
      .replace(/(inflate\(\) returned) -[35]/g, "$1 -N")
      .replace(/\b0*7[c-f][0-9a-f]{6}\b/g, "TOP")
      .replace(/0xTOP|0x0*7[c-f][0-9a-f]{6}\b/g, "0xTOP")
      .trimEnd()
  );
}

const card = bootFiles();
const memory = { base: 0x40000000, size: 0x40000000 };
const board = { ...debian.board, memory: { ...debian.board.memory, ...memory } };

/** The console of the virtual board. */
function simulated(script: string): string {
  const environment = { fdtcontroladdr: "4f000000" };
  const { console, ending } = simulate(
    { text: `load virtio 0:1 0x4f000000 virt.dtb\n${script}` },
    { ...debian, board, world: world({ card: card, environment }) },
  );
  const shown = normal(console.replace(/^.*\n/, "").replaceAll(/4f000000/g, "7f000000"));
  return ending.kind === "unknown-command" ? `${shown}\n[${ending.name}]` : shown;
}

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

describe("on the virtual board", () => {
  it.each(rows)("$name", ({ script, console }) => expect(simulated(script)).toBe(console));
});

it.each(["lzma", "zstd"])("unpacks %s, or says that it does not", (name) => {
  const text = `load virtio 0:1 0x48000000 ${name}\nload virtio 0:1 0x4c000000 virt.dtb\nbootm 0x48000000 - 0x4c000000\n`;
  const images = { ...board.images, compressions: ["lzma", "zstd"] as const };
  const { ending } = simulate(
    { text },
    { ...debian, board: { ...board, images }, world: world({ card }) },
  );
  expect(ending).toMatchObject(
    name === "lzma" ? { kind: "unknown-command", name: "unpacking lzma" } : { kind: "booted" },
  );
});

it.runIf(have(...boardTools))("on the real one", { timeout: 300_000 }, async () => {
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
