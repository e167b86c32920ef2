// The catalogue against U-Boot itself in QEMU: the default addresses it prints, and the memory it
// says it has reserved. Debian's U-Boot is older than the catalogue; what is asked here has not
// changed since.
import { spawn } from "node:child_process";
import { describe, expect, it } from "vitest";
import { defaultEnvironment, findBoard, freeMemory } from "../../../src/boards/index.js";
import { find, have } from "../../tools/tools.js";

const machines = [
  { id: "qemu_arm64", qemu: "qemu-system-aarch64", cpu: "cortex-a57" },
  { id: "qemu_arm", qemu: "qemu-system-arm", cpu: "cortex-a15" },
];

/** Boots, runs `commands` at the prompt, switches off; resolves with all of the console. */
function atThePrompt(qemu: string, args: readonly string[], commands: readonly string[]) {
  return new Promise<string>((done, fail) => {
    const board = spawn(find(qemu) ?? qemu, args, { timeout: 25_000 });
    const left = [...commands, "poweroff"];
    let console = "";
    board.stdout.setEncoding("utf8").on("data", (text: string) => {
      console += text;
      if (console.endsWith("=> ")) board.stdin.write(`${left.shift() ?? ""}\n`);
      else if (text.includes("stop autoboot")) board.stdin.write(" ");
    });
    board.on("error", fail).on("close", () => done(console.replaceAll("\r", "")));
  });
}

describe.each(machines)("$id", ({ id, qemu, cpu }) => {
  const board = findBoard(id);
  const uBoot = `/usr/lib/u-boot/${id}/u-boot.bin`;
  it.skipIf(!board || !have(qemu, uBoot))("is as the catalogue says", async () => {
    if (!board) return;
    const size = `${board.memory.size / 0x100000}`;
    const machine = ["-M", "virt", "-cpu", cpu, "-m", size, "-nic", "none", "-nographic"];
    const console = await atThePrompt(
      qemu,
      [...machine, "-no-reboot", "-bios", uBoot],
      ["printenv", "bdinfo"],
    );

    const expected = defaultEnvironment(board);
    for (const name of [...Object.keys(board.addresses), "fdt_addr", "bootdelay"])
      expect(console).toMatch(new RegExp(`^${name}=${expected[name]}$`, "m"));

    const at = (name: string) =>
      Number(new RegExp(`^${name}\\s*= (0x[0-9a-f]+)`, "m").exec(console)?.[1]);
    expect(at("-> start")).toBe(board.memory.base);
    expect(at("-> size")).toBe(board.memory.size);

    const reserved = [...console.matchAll(/reserved\[\d+\]\s+\[(0x[0-9a-f]+)-/g)];
    const free = freeMemory(board).at(-1) ?? { start: 0, size: 0 };
    expect(reserved.length).toBeGreaterThan(0);
    for (const [, start] of reserved)
      expect(Number(start)).toBeGreaterThanOrEqual(free.start + free.size);
  });
});
