// Kernels are started on the virtual board: every script of boot-table.txt prints what it does on a real
// one, which ../real/simulator/boot.test.ts holds the table to.
import { describe, expect, it } from "vitest";
import { simulate } from "../../src/simulator/index.js";
import { card, normal, rows } from "./boot-rows.js";
import { debian, world } from "./worlds.js";

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
