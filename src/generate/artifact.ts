// What a build consists of: files with a place, a name and contents, and where each comes from.
import type { Span } from "../diagnostics/index.js";
import type { Content } from "../image/index.js";
import type { Root } from "../steps/index.js";

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
  /** Of a script: what it says, and where in the flow each of its lines comes from. */
  readonly script?: {
    readonly text: string;
    readonly places: readonly (Span | undefined)[];
  };
  /** The client it is for. */
  readonly client?: string;
}
