// The board as a whole: time, switching off, and what U-Boot says about itself.
import type { Family, Machine } from "../machine.js";
import { decimal } from "../numbers.js";

/** `sleep`, `reset`, `poweroff`, `version`. */
export const systemCommands: Family = (machine) => ({
  sleep: { run: (args) => sleep(machine, args), maxargs: 2 },
  reset: {
    run: () => {
      machine.print("resetting ...\n");
      machine.end({ kind: "reset", why: "reset" });
      return 0;
    },
    maxargs: 2,
  },
  version: {
    run: () => {
      machine.print(`U-Boot ${machine.release}\n`);
      return 0;
    },
    maxargs: 1,
  },
  poweroff: {
    run: () => {
      machine.print("poweroff ...\n");
      machine.end({ kind: "poweroff" });
      return 0;
    },
    maxargs: 1,
  },
});

/** Seconds, with a fraction of which three digits count. */
function sleep(machine: Machine, [asked]: readonly string[]): number | "usage" {
  if (asked === undefined) return "usage";
  const [, seconds = "", fraction = ""] = /^(0[xX][0-9a-fA-F]*|\d*)(?:\.(\d*))?/.exec(asked) ?? [];
  machine.wait(decimal(seconds) * 1000 + Number(fraction.slice(0, 3).padEnd(3, "0")));
  return 0;
}
