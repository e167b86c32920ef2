// A net under the handlers of sockets, timers, workers and watchers: what nobody expected ends the
// call it happened in, is told with its place, and never ends the process. Leaves out what is to be
// done about it: whoever has a transfer or a connection in hand gives that up.

/** An error that a handler did not expect. */
export interface Mishap {
  /** The handler: `tftp request`. */
  readonly place: string;
  readonly message: string;
  /** The line of the program that threw it, where that is known. */
  readonly at?: string;
}

/** What goes on in `place`, as told by `tell`. */
export class SafetyNet {
  readonly #tell: (mishap: Mishap) => void;

  constructor(tell: (mishap: Mishap) => void) {
    this.#tell = tell;
  }

  /** `handler`, so that nothing that it throws, or that its promise is rejected with, gets out. */
  under<Given extends readonly unknown[]>(
    place: string,
    handler: (...given: Given) => unknown,
  ): (...given: Given) => void {
    return (...given) => this.run(place, () => handler(...given));
  }

  /** Does `what`, and returns whether it went well so far. */
  run(place: string, what: () => unknown): boolean {
    try {
      const result = what();
      if (result instanceof Promise) result.catch((problem) => this.caught(place, problem));
      return true;
    } catch (problem) {
      this.caught(place, problem);
      return false;
    }
  }

  /** Tells of `problem`; where even that fails, nobody is left to tell. */
  caught(place: string, problem: unknown): void {
    try {
      this.#tell(mishapOf(place, problem));
    } catch {
      // The one who listens is at fault, and was to hear of it.
    }
  }
}

/** `problem` as a mishap in `place`. */
export function mishapOf(place: string, problem: unknown): Mishap {
  if (!(problem instanceof Error)) return { place, message: String(problem) };
  const [, at] = /^\s+at .*?([^/\\(\s]+:\d+:\d+)\)?$/m.exec(problem.stack ?? "") ?? [];
  return { place, message: problem.message, ...(at !== undefined && { at }) };
}
