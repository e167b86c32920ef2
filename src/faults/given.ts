// What a boot is given, as the faults look at it: a file that is there, called what it is called by the
// flow or by the script, and how it is started.
import type { Board } from "../boards/index.js";
import type { Finding } from "../diagnostics/index.js";
import type { Content } from "../image/index.js";
import type { Inside } from "./inside.js";

/** A file that is used as something. */
export interface Given {
  readonly kind: "kernel" | "initrd" | "dtb" | "overlay" | "file" | "fit";
  /** What a flow calls it; a script calls it by its file. */
  readonly name: string;
  readonly file: string;
  readonly content: Content;
  readonly inside: Inside;
  /** A uImage is still put around it. */
  readonly wrapped: boolean;
  /** It is still compressed. */
  readonly packed: boolean;
}

/** What a kernel is started on, or what else is used there. */
export interface Start {
  readonly board: Board;
  /** The boot command where one is written; otherwise it is the one that fits. */
  readonly command?: string;
}

/** What is wrong with a file, wherever it is used. */
export type FileFault = (given: Given) => Finding | undefined;

/** What is wrong with using a file where it is used. */
export type StartFault = (given: Given, start: Start) => Finding | undefined;
