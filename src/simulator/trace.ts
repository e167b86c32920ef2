// What each command did: its own words on the console, its variables and its writes. What a command
// inside another does is the inner one's.
import type { Observer, Running } from "../hush/index.js";
import type { Memory, Write } from "./memory.js";
import type { CommandRun, SimulateOptions } from "./options.js";
import type { Variables } from "./variables.js";

interface Frame {
  readonly running: readonly Running[];
  console: string;
  readonly variables: Map<string, string | undefined>;
  readonly writes: Write[];
}

/** Collects what the running commands do. */
export class Trace {
  readonly #frames: Frame[] = [];
  #count = 0;

  constructor(
    environment: Variables,
    memory: Memory,
    private readonly onText: SimulateOptions["onText"],
  ) {
    environment.watch = (name, value) => this.#frames.at(-1)?.variables.set(name, value);
    memory.watch = (write) => this.#frames.at(-1)?.writes.push(write);
  }

  /** Text on the console. */
  wrote(text: string): void {
    const frame = this.#frames.at(-1);
    if (frame) frame.console += text;
    this.onText?.(text, frame?.running ?? []);
  }

  /** Tells `onCommand` of every command that has ended. */
  observer(time: () => number, onCommand: ((command: CommandRun) => void) | undefined): Observer {
    return (words, running) => {
      const index = this.#count++;
      const frame: Frame = { running, console: "", variables: new Map(), writes: [] };
      this.#frames.push(frame);
      return (status) => {
        this.#frames.pop();
        onCommand?.({ ...frame, index, words, status, time: time() });
      };
    };
  }
}
