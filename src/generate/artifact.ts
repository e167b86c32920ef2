// What a build consists of: files with a place, a name and contents, and where each comes from.
import type { Span } from "../diagnostics/index.js";
import type { Content } from "../image/index.js";
import type { Root } from "../steps/index.js";

/** A line of a script that was made here. */
export interface ScriptLine {
  /** Where in the flow it comes from. */
  readonly place?: Span;
  /** Whether it says on the console that the script failed. */
  readonly reports: boolean;
}

/** One file of a build. */
export interface Artifact {
  /**
   * The folder of the build it goes to; for boards of several kinds `sdcard/BOARD`, and `server`
   * for what a server is set up with.
   */
  readonly root: Root | `sdcard/${string}` | "server";
  /** The name below that folder, components joined by `/`. */
  readonly name: string;
  readonly content: Content;
  /** What it is made from: file names of the flow and of inputs. */
  readonly madeFrom: readonly string[];
  /** Where in the flow, or in a table, it was asked for. */
  readonly span?: Span;
  /** Where the image says it wants to be, where it says so. */
  readonly load?: number;
  /** Of a script: its text, and what is known of each line. */
  readonly script?: { readonly text: string; readonly lines: readonly ScriptLine[] };
  /** The client it is for. */
  readonly client?: string;
}
