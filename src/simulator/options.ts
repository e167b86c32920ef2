// What a simulation is told, and what it tells of each command.
import type { Board } from "../boards/index.js";
import type { Dialect, Limits, Running } from "../hush/index.js";
import type { Write } from "./memory.js";
import type { World } from "./world.js";

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
