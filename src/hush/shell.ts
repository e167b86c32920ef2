// What a running shell is, whichever parser it has: its variables, its status, its limits and how a
// command is found and called. How lists run is in run-old.ts and run-modern.ts.
import type { Dialect, Span } from "./tree.js";

/** The environment of U-Boot. A `Map` is one. */
export interface Environment {
  get(name: string): string | undefined;
  set(name: string, value: string): unknown;
  delete(name: string): unknown;
  entries(): Iterable<readonly [name: string, value: string]>;
  /**
   * Sets a variable as a script asks for it, or removes it without a value.
   * @returns what U-Boot says when the variable's flags forbid it. Default: nothing is forbidden.
   */
  change?(name: string, value: string | undefined, force: boolean): string | undefined;
  /** How much can be saved, ENV_SIZE, bytes. Default: as in QEMU's boards. */
  readonly size?: number;
}

/** Where a shell writes to. */
export interface Console {
  write(text: string): void;
}

/**
 * Runs a command. `args` are what comes after its name, which is `called` by: `md.b`, or shorter
 * than it is.
 * @returns its status, 0 for success. "usage": the arguments are wrong, which is status 1.
 */
export type Run = (args: readonly string[], shell: Shell, called: string) => number | "usage";

/** A command and how many words it takes at most, its name included. Default: `limits.maxargs`. */
export type Command = Run | DescribedCommand;

export interface DescribedCommand {
  readonly run: Run;
  readonly maxargs?: number;
  /** The first release that has it. */
  readonly since?: string;
  /** The line of `help` and the words after the name, for U-Boot's text on wrong arguments. */
  readonly summary?: string;
  readonly usage?: string;
}

/** Commands by their full names. They can be called by the beginning of it when that is clear. */
export type Commands = Readonly<Record<string, Command>>;

/** A text that is being run, and where the command is that runs now: offsets into it. */
export interface Running {
  /** What `source` was told, or the name of the variable that `run` runs. */
  readonly name: string;
  readonly text: string;
  readonly start: number;
  /** Of the character after the command. */
  readonly end: number;
}

/** Is told of a command that begins; what it returns is told how that ended. */
export type Observer = (
  words: readonly string[],
  /** The innermost text last. */
  running: readonly Running[],
) => (status: number) => void;

export interface Limits {
  /** Commands and turns of a loop. Default: 100 000. */
  readonly steps?: number;
  /** Characters on the console. Default: 1 000 000. */
  readonly output?: number;
  /** Nested `source`, `run` and compound commands. Default: 100. */
  readonly depth?: number;
  /** CONFIG_SYS_MAXARGS. Default: 64, before 2024.04 16. */
  readonly maxargs?: number;
}

/** How a text ended. */
export type Outcome =
  | { readonly kind: "ended" }
  /** A limit of this interpreter is reached; U-Boot would run on. */
  | { readonly kind: "limit"; readonly limit: "steps" | "output" | "depth" }
  /** A command called `stop`. */
  | { readonly kind: "stopped"; readonly reason: string }
  /** `exit` in a sourced text: the modern parser reads commands from the console instead. */
  | { readonly kind: "console" }
  /** The modern parser gave up, which resets the board or hangs it. */
  | { readonly kind: "panic" }
  /**
   * After a syntax error in a list the old parser goes on reading at address 0, where a board has
   * anything; two commands with `|` make the modern one use memory it does not have.
   */
  | { readonly kind: "undefined" };

export interface ShellOptions {
  readonly dialect: Dialect;
  /** The release of U-Boot, such as "2023.01"; it matters from "2021.07" on. Default: the newest. */
  readonly release?: string;
  /** The width of a long, which numbers are cut to. Default: 64. */
  readonly bits?: 32 | 64;
  readonly commands: Commands;
  readonly environment?: Environment;
  readonly console?: Console;
  readonly limits?: Limits;
  readonly observe?: Observer;
  /** What is called when no command has the name. Default: U-Boot's "Unknown command". */
  readonly otherwise?: (name: string) => Command | undefined;
  /** The shell's own variables, where they are there already. Scripts leave theirs in it. */
  readonly locals?: Map<string, string>;
}

/** What runs texts in a shell: the old or the modern parser. */
export interface Language {
  /** A script or bootcmd. */
  source(shell: Shell, text: string): number;
  /** The value of a variable. */
  run(shell: Shell, text: string): number;
}

interface Frame {
  readonly name: string;
  readonly text: string;
  /** Where what the parser reads begins in `text`. */
  offset: number;
  start: number;
  end: number;
  /** How deep in second readings. */
  again: number;
}

const defaults = { steps: 100_000, output: 1_000_000, depth: 100 };

/** A running shell, for the commands that it calls. */
export class Shell {
  readonly dialect: Dialect;
  readonly bits: 32 | 64;
  readonly environment: Environment;
  /** The shell's own variables. */
  readonly locals: Map<string, string>;
  /** `$?`, the status of the last command. */
  status = 0;
  /** Set when everything has to end. */
  outcome: Outcome | undefined;

  readonly limits: Required<Limits>;
  readonly #release: string;
  readonly #commands: Commands;
  readonly #console: Console | undefined;
  readonly #observe: Observer | undefined;
  readonly #otherwise: ShellOptions["otherwise"];
  readonly #texts: Frame[] = [];
  #steps = 0;
  #written = 0;
  #depth = 0;

  constructor(
    private readonly language: Language,
    options: ShellOptions,
  ) {
    this.dialect = options.dialect;
    this.#release = options.release ?? "9999.99";
    this.bits = options.bits ?? 64;
    this.#commands = options.commands;
    this.environment = options.environment ?? new Map();
    this.#console = options.console;
    this.#observe = options.observe;
    this.#otherwise = options.otherwise;
    const maxargs = this.since("2024.04") ? 64 : 16;
    this.limits = { ...defaults, maxargs, ...options.limits };
    this.locals = options.locals ?? new Map();
    if (options.dialect === "old") this.locals.set("HUSH_VERSION", "0.01");
  }

  /** Whether it behaves as `release` does and all later ones. */
  since(release: string): boolean {
    return this.#release >= release;
  }

  write(text: string): void {
    const room = this.limits.output - this.#written;
    if (text.length > room) this.end({ kind: "limit", limit: "output" });
    const shown = text.slice(0, room);
    this.#written += shown.length;
    if (shown !== "") this.#console?.write(shown);
  }

  /**
   * Runs the text of a script as `source` and bootcmd do. Its variables are this shell's.
   * `name` is for those who watch.
   */
  source(text: string, name = ""): number {
    return this.#within(untilNul(text), name, (script) => this.language.source(this, script));
  }

  /** Runs the value of a variable as `run` does. */
  run(text: string, name = ""): number {
    return this.#within(untilNul(text), name, (value) => this.language.run(this, value));
  }

  #within(text: string, name: string, body: (text: string) => number): number {
    return this.nested(() => {
      this.#texts.push({ name, text, offset: 0, start: 0, end: 0, again: 0 });
      try {
        return body(text);
      } finally {
        this.#texts.pop();
      }
    });
  }

  /** The texts that run, the innermost last. */
  get running(): readonly Running[] {
    return this.#texts.map(({ name, text, start, end }) => ({ name, text, start, end }));
  }

  /** Notes where the command is that runs next. */
  at(span: Span): void {
    const frame = this.#texts.at(-1);
    if (!frame || frame.again > 0) return;
    frame.start = frame.offset + span.start;
    frame.end = frame.offset + span.end;
  }

  /** Notes that positions count from `length` characters further on. */
  advance(length: number): void {
    const frame = this.#texts.at(-1);
    if (frame && frame.again === 0) frame.offset += length;
  }

  /** `body`, which reads a command that was put together from words: it is where those are. */
  again(body: () => number): number {
    return this.nested(() => {
      const frame = this.#texts.at(-1);
      if (frame) frame.again += 1;
      try {
        return body();
      } finally {
        if (frame) frame.again -= 1;
      }
    });
  }

  /** Ends everything, as a reset or the start of a kernel does. */
  stop(reason: string): void {
    this.end({ kind: "stopped", reason });
  }

  end(outcome: Outcome): void {
    this.outcome ??= outcome;
  }

  /** Counts a command or a turn of a loop. False: everything has ended. */
  step(): boolean {
    this.#steps += 1;
    if (this.#steps > this.limits.steps) this.end({ kind: "limit", limit: "steps" });
    return this.outcome === undefined;
  }

  /** `body` one level deeper; 1 where that is too deep. */
  nested(body: () => number): number {
    if (this.#depth >= this.limits.depth) this.end({ kind: "limit", limit: "depth" });
    if (this.outcome) return 1;
    this.#depth += 1;
    try {
      return body();
    } finally {
      this.#depth -= 1;
    }
  }

  /** The value of a variable: of the environment, or else of the shell. */
  lookup(name: string): string | undefined {
    return this.environment.get(name) ?? this.locals.get(name);
  }

  /**
   * Sets a variable of the environment, or removes it, where its flags allow it.
   * @returns whether that was so; else it has been said why not.
   */
  setVariable(name: string, value: string | undefined, force = false): boolean {
    const { environment } = this;
    if (name.includes("=")) {
      const blank = this.since("2024.04") ? " " : "";
      this.write(`## Error: illegal character '='${blank}in variable name "${name}"\n`);
      return false;
    }
    if (environment.change) {
      const refusal = environment.change(name, value, force);
      if (refusal !== undefined) this.write(refusal);
      return refusal === undefined;
    }
    if (value === undefined) environment.delete(name);
    else environment.set(name, value);
    return true;
  }

  /** Calls the command that `words` begin with. */
  call(words: readonly string[]): number {
    const [name = "", ...args] = words;
    if (this.environment.get("xtrace") !== undefined) this.write(`+ ${words.join(" ")}\n`);
    const ended = this.#observe?.(words, this.running);
    const status = this.#invoke(name, args);
    ended?.(status);
    return status;
  }

  #invoke(name: string, args: readonly string[]): number {
    const command = this.#find(name) ?? this.#otherwise?.(name);
    if (!command) {
      this.write(`Unknown command '${name}' - try 'help'\n`);
      return 1;
    }
    const described = typeof command === "function" ? { run: command } : command;
    const { run, maxargs = this.limits.maxargs } = described;
    const status = args.length >= maxargs ? "usage" : run(args, this, name);
    if (status !== "usage") return status;
    this.write(usageOf(this.#fullName(name), described));
    return 1;
  }

  /** A command by its name, or by the beginning of one name only. What comes after a dot is its own. */
  #find(name: string): Command | undefined {
    const [asked = ""] = name.split(".", 1);
    const found = this.#fullName(asked);
    const command = Object.hasOwn(this.#commands, found) ? this.#commands[found] : undefined;
    const since = typeof command === "object" ? command.since : undefined;
    return since === undefined || this.since(since) ? command : undefined;
  }

  #fullName(name: string): string {
    const [asked = ""] = name.split(".", 1);
    if (Object.hasOwn(this.#commands, asked)) return asked;
    const found = Object.keys(this.#commands).filter((each) => each.startsWith(asked));
    return found.length === 1 ? (found[0] as string) : asked;
  }
}

/** What U-Boot says to wrong arguments. */
function usageOf(name: string, { summary, usage }: DescribedCommand): string {
  const first = summary === undefined ? "" : `${name} - ${summary}\n\n`;
  return `${first}Usage:\n${name} ${usage ?? "- No additional help available."}\n`;
}

const untilNul = (text: string) => text.split("\0", 1)[0] as string;
