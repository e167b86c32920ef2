// The public door: a board is switched on in a world, and runs a script until something ends it.
// Left out: what U-Boot does before it has found a script, and what it tries after it.
import type { Ending } from "./ending.js";
import { type Found, runFound } from "./found.js";
import type { Machine } from "./machine.js";
import type { Memory } from "./memory.js";
import type { SimulateOptions } from "./options.js";
import { switchOn } from "./switch-on.js";

/** What a simulation begins with: the text of a script, an image that U-Boot found, or a command. */
export type Start =
  | { readonly text: string; readonly name?: string }
  | Found
  | { readonly command: string };

/** How it went. */
export interface Simulation {
  readonly ending: Ending;
  readonly console: string;
  /** Milliseconds on the board's clock. */
  readonly time: number;
  readonly packets: number;
  readonly environment: ReadonlyMap<string, string>;
  readonly memory: Memory;
  /** Addresses that `itest` or `setexpr` read although nobody had written there: taken for 0. */
  readonly guessed: ReadonlySet<number>;
}

/** Runs `start` on a board. Any script comes to an end within the limits; nothing throws. */
export function simulate(start: Start, options: SimulateOptions): Simulation {
  const { machine, ending, console } = switchOn(options);
  const status = begin(machine, start);
  return {
    ending: ending() ?? { kind: "prompt", status },
    console: console(),
    time: machine.time,
    packets: machine.packets,
    environment: new Map(machine.environment.entries()),
    memory: machine.memory,
    guessed: machine.guessed,
  };
}

function begin(machine: Machine, start: Start): number {
  if ("command" in start) return machine.shell.source(`${start.command}\n`);
  if ("text" in start) return machine.shell.source(start.text, start.name);
  return runFound(machine, start);
}
