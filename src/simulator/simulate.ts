// The public door: a board is switched on in a world, and runs a script until something ends it.
// Left out: what U-Boot does before it has found a script, and what it tries after it.
import type { Board } from "../boards/index.js";
import type { Dialect, Limits, Running } from "../hush/index.js";
import type { Ending } from "./ending.js";
import { type Found, runFound } from "./found.js";
import type { Machine } from "./machine.js";
import type { Memory, Write } from "./memory.js";
import { switchOn } from "./switch-on.js";
import type { World } from "./world.js";

/** What a simulation begins with: the text of a script, an image that U-Boot found, or a command. */
export type Start =
  | { readonly text: string; readonly name?: string }
  | Found
  | { readonly command: string };

/** A command that was called. */
export interface CommandRun {
  /** Counts the commands from 0, in the order they began. */
  readonly index: number;
  readonly words: readonly string[];
  /** The texts that ran, the innermost last, each with the place of the command in it. */
  readonly running: readonly Running[];
  readonly status: number;
  /** What it wrote itself, not what commands inside it wrote. */
  readonly console: string;
  /** Variables it set itself; undefined: deleted. */
  readonly variables: ReadonlyMap<string, string | undefined>;
  /** Memory it wrote itself. */
  readonly writes: readonly Write[];
  /** When it ended, milliseconds since the start. */
  readonly time: number;
}

export interface SimulationLimits extends Limits {
  /** Milliseconds of the board's clock. Default: one hour. */
  readonly time?: number;
}

export interface SimulateOptions {
  readonly board: Board;
  readonly world: World;
  /** Default: the board's. */
  readonly dialect?: Dialect;
  /** The release of U-Boot, such as "2023.01". Default: the catalogue's. */
  readonly release?: string;
  readonly limits?: SimulationLimits;
  /** Called when a command ends, so for inner ones first. */
  readonly onCommand?: (command: CommandRun) => void;
  /** Called for all that is written to the console; the innermost text last. */
  readonly onText?: (text: string, running: readonly Running[]) => void;
}

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
