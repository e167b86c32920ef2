// How a simulated boot ends, in the words a person would use for the board on the desk.
import type { Content } from "../image/index.js";
import type { Origin } from "./memory.js";

/** Something a kernel is started with: where it lies and what it is made of. */
export interface Handed {
  readonly address: number;
  /** Bytes. */
  readonly size: number;
  readonly content: Content;
  /** What its bytes come from: one thing when all is well. */
  readonly origins: readonly Origin[];
  /**
   * Why it is not what it should be. `stale`: what was to be there did not arrive, and older bytes
   * are used. `mixed`: bytes of several things. `unwritten`: some that nobody wrote. `damaged`: one
   * thing that did not arrive whole.
   */
  readonly wrong?: "stale" | "mixed" | "unwritten" | "damaged";
}

/** How it ended. */
export type Ending =
  | {
      readonly kind: "booted";
      readonly command: string;
      readonly kernel: Handed;
      readonly dtb?: Handed;
      readonly initrd?: Handed;
      /** The kernel's command line; undefined where none is passed on. */
      readonly bootargs?: string;
    }
  /** Back at U-Boot's prompt, or at what tries the next device. */
  | { readonly kind: "prompt"; readonly status: number }
  /** Standard boot, or the older scripts: U-Boot looks for something to boot by itself. */
  | {
      readonly kind: "search";
      /** What began it. */
      readonly by: string;
      /** `boot_targets`, in their order; empty where U-Boot itself knows. */
      readonly targets: readonly string[];
      /** The first file on a device that it finds: `boot.scr on mmc 0:1`. */
      readonly finds?: string;
    }
  | { readonly kind: "reset"; readonly why: string }
  | { readonly kind: "poweroff" }
  /** Nothing happens any more until somebody comes. */
  | { readonly kind: "hang"; readonly why: string }
  /** A limit of the simulation: steps, output, time. The board would go on. */
  | { readonly kind: "limit"; readonly limit: string }
  /** A command this simulator does not know although the board has it: what follows is unknown. */
  | {
      readonly kind: "unknown-command";
      readonly name: string;
      /** What its status hangs on: "whether the board has the pin". */
      readonly decides?: string;
      /** The program that it starts. */
      readonly starts?: Handed;
    }
  /** From here on a board does anything: it runs memory that nobody wrote. */
  | { readonly kind: "undefined"; readonly why: string };
