// The virtual board while it runs: what the commands act upon. A command is a function of this and
// of its arguments (commands/); nothing else holds state.
import type { Board } from "../boards/index.js";
import type { Commands, Shell } from "../hush/index.js";
import type { Content } from "../image/index.js";
import type { Changes } from "./changes.js";
import type { Ending } from "./ending.js";
import type { Memory, Origin } from "./memory.js";
import type { Variables } from "./variables.js";
import type { World } from "./world.js";

/** What a request asks for. U-Boot keeps each until a variable says otherwise. */
export interface TftpSettings {
  /** Bytes. */
  blockSize: number;
  /** Blocks. */
  window: number;
  /** Milliseconds. */
  timeout: number;
  tries: number;
}

/** A board that is switched on. */
export interface Machine {
  readonly board: Board;
  readonly world: World;
  readonly memory: Memory;
  readonly environment: Variables;
  readonly shell: Shell;
  /** Of U-Boot, such as "2023.01". */
  readonly release: string;
  /** Milliseconds since power-on, of a clock that only commands move. */
  readonly time: number;
  /** Packets sent and received. */
  packets: number;
  /** `image_load_addr`: where a load without an address goes. */
  loadAddress: number;
  /** Buses that were looked through: `usb`, `nvme` … */
  readonly buses: Set<string>;
  /** The device of each kind that `dev` chose last. */
  readonly chosen: Map<string, number>;
  /** Addresses that were read as numbers although nobody had written there: they were taken for 0. */
  readonly guessed: Set<number>;
  /** What was written to devices. */
  readonly changes: Changes;
  /** What the TFTP client asks for. */
  readonly tftp: TftpSettings;
  /** The tree that `fdt` works on. */
  workingTree: number | undefined;
  /** U-Boot's own. */
  controlTree: number | undefined;
  print(text: string): void;
  /** Moves the clock. False: that was more than the simulation may take, and it has ended. */
  wait(milliseconds: number): boolean;
  /** Ends the simulation; the first call counts. */
  end(ending: Ending): void;
  /** Why U-Boot refuses to load `size` bytes to `address`; undefined: it does not. */
  refuses(address: number, size: number): "reserved" | "outside" | undefined;
  /** Puts a loaded file into memory. */
  place(address: number, content: Content, name: string, flaw?: string): Origin;
}

/** A family of commands, for one machine. */
export type Family = (machine: Machine) => Commands;
