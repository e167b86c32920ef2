// The virtual board while it runs: what the commands act upon. A command is a function of this and
// of its arguments (commands/); nothing else holds state.
import type { Board } from "../boards/index.js";
import type { Commands, Environment, Shell } from "../hush/index.js";
import type { Ending } from "./ending.js";
import type { Memory } from "./memory.js";
import type { World } from "./world.js";

/** A board that is switched on. */
export interface Machine {
  readonly board: Board;
  readonly world: World;
  readonly memory: Memory;
  readonly environment: Environment;
  readonly shell: Shell;
  /** Milliseconds since power-on, of a clock that only commands move. */
  time: number;
  /** Packets sent and received. */
  packets: number;
  /** `image_load_addr`: where a load without an address goes. */
  loadAddress: number;
  /** The tree that `fdt` works on. */
  workingTree: number | undefined;
  print(text: string): void;
  /** Ends the simulation; the first call counts. */
  end(ending: Ending): void;
}

/** A family of commands, for one machine. */
export type Family = (machine: Machine) => Commands;
