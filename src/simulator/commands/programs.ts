// Commands that start a program of its own: what it does, and whether it comes back, is not known.
// Governed by cmd/boot.c and cmd/bootefi.c.
import type { Run } from "../../hush/index.js";
import { handed } from "../boot/index.js";
import type { Family, Machine } from "../machine.js";
import { hex, hexadecimal } from "../numbers.js";
import { unknown } from "../unknown-command.js";

/** `go` and `bootefi`. */
export const programCommands: Family = (machine) => ({
  go: (args) => go(machine, args),
  bootefi: { run: (args) => bootefi(machine, args), maxargs: 4 },
});

function go(machine: Machine, args: readonly string[]): ReturnType<Run> {
  const [at] = args;
  if (at === undefined) return "usage";
  const address = hexadecimal(at);
  machine.print(`## Starting application at 0x${hex(address, 8).toUpperCase()} ...\n`);
  return started(machine, address, ["go", ...args]);
}

function bootefi(machine: Machine, args: readonly string[]): ReturnType<Run> {
  const [at] = args;
  if (at === undefined) return "usage";
  // It looks for a program itself, or has one.
  if (/^(?:bootmgr|hello|selftest)$/.test(at)) return unknown(machine, "bootefi", ...args);
  return started(machine, hexadecimal(at), ["bootefi", ...args]);
}

/** The end of the simulation, with what lies there. */
function started(machine: Machine, address: number, words: readonly string[]): number {
  const { content } = machine.memory.stretch(address, MOST);
  const starts = handed(machine, { address, size: Math.max(1, content.size) }, false);
  machine.end({ kind: "unknown-command", name: words.join(" "), starts });
  return 1;
}

/** No program is larger, bytes. */
const MOST = 0x1000_0000;
