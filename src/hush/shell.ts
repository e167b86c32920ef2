// What a running shell is, whichever parser it has: its variables, its status, its limits and how a
// command is found and called. How lists run is in run-old.ts and run-modern.ts.
import type { Dialect } from "./tree.js";

/** The environment of U-Boot. A `Map` is one. */
export interface Environment {
  get(name: string): string | undefined;
  set(name: string, value: string): unknown;
  delete(name: string): unknown;
  entries(): Iterable<readonly [name: string, value: string]>;
}

/** Where a shell writes to. */
export interface Console {
  write(text: string): void;
}

/**
 * Runs a command. `args` are what stands behind its name.
 * @returns its status, 0 for success. "usage": the arguments are wrong, which is status 1.
 */
export type Run = (args: readonly string[], shell: Shell) => number | "usage";

/** A command and how many words it takes at most, its name included. Default: `limits.maxargs`. */
export type Command = Run | { readonly run: Run; readonly maxargs: number };

/** Commands by their full names. They can be called by the beginning of it when that is clear. */
export type Commands = Readonly<Record<string, Command>>;

export interface Limits {
  /** Commands and turns of a loop. Default: 100 000. */
  readonly steps?: number;
  /** Characters on the console. Default: 1 000 000. */
  readonly output?: number;
  /** Nested `source`, `run` and compound commands. Default: 100. */
  readonly depth?: number;
  /** CONFIG_SYS_MAXARGS. Default: 64. */
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
  readonly commands: Commands;
  readonly environment?: Environment;
  readonly console?: Console;
  readonly limits?: Limits;
}

/** What runs texts in a shell: the old or the modern parser. */
export interface Language {
  /** A script or bootcmd. */
  source(shell: Shell, text: string): number;
  /** The value of a variable. */
  run(shell: Shell, text: string): number;
}

const defaults = { steps: 100_000, output: 1_000_000, depth: 100, maxargs: 64 };

/** A running shell, for the commands that it calls. */
export class Shell {
  readonly dialect: Dialect;
  readonly environment: Environment;
  /** The shell's own variables. */
  readonly locals: Map<string, string>;
  /** `$?`, the status of the last command. */
  status = 0;
  /** Set when everything has to end. */
  outcome: Outcome | undefined;

  readonly limits: Required<Limits>;
  private readonly release: string;
  private readonly commands: Commands;
  private readonly console: Console | undefined;
  private steps = 0;
  private written = 0;
  private depth = 0;

  constructor(
    private readonly language: Language,
    options: ShellOptions,
  ) {
    this.dialect = options.dialect;
    this.release = options.release ?? "9999.99";
    this.commands = options.commands;
    this.environment = options.environment ?? new Map();
    this.console = options.console;
    this.limits = { ...defaults, ...options.limits };
    this.locals = new Map(options.dialect === "old" ? [["HUSH_VERSION", "0.01"]] : []);
  }

  /** Whether it behaves as `release` does and all later ones. */
  since(release: string): boolean {
    return this.release >= release;
  }

  write(text: string): void {
    const room = this.limits.output - this.written;
    if (text.length > room) this.end({ kind: "limit", limit: "output" });
    const shown = text.slice(0, room);
    this.written += shown.length;
    if (shown !== "") this.console?.write(shown);
  }

  /** Runs the text of a script as `source` and bootcmd do. Its variables are this shell's. */
  source(text: string): number {
    return this.nested(() => this.language.source(this, untilNul(text)));
  }

  /** Runs the value of a variable as `run` does. */
  run(text: string): number {
    return this.nested(() => this.language.run(this, untilNul(text)));
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
    this.steps += 1;
    if (this.steps > this.limits.steps) this.end({ kind: "limit", limit: "steps" });
    return this.outcome === undefined;
  }

  /** `body` one level deeper; 1 where that is too deep. */
  nested(body: () => number): number {
    if (this.depth >= this.limits.depth) this.end({ kind: "limit", limit: "depth" });
    if (this.outcome) return 1;
    this.depth += 1;
    try {
      return body();
    } finally {
      this.depth -= 1;
    }
  }

  /** The value of a variable: of the environment, or else of the shell. */
  lookup(name: string): string | undefined {
    return this.environment.get(name) ?? this.locals.get(name);
  }

  /** Calls the command that `words` begin with. */
  call(words: readonly string[]): number {
    const [name = "", ...args] = words;
    if (this.environment.get("xtrace") !== undefined) this.write(`+ ${words.join(" ")}\n`);
    const command = this.find(name);
    if (!command) {
      this.write(`Unknown command '${name}' - try 'help'\n`);
      return 1;
    }
    const { run, maxargs } =
      typeof command === "function" ? { run: command, maxargs: this.limits.maxargs } : command;
    const status = words.length > maxargs ? "usage" : run(args, this);
    if (status !== "usage") return status;
    this.write(`Usage: ${name}\n`);
    return 1;
  }

  /** A command by its name, or by the beginning of one name only. What is behind a dot is its own. */
  private find(name: string): Command | undefined {
    const [asked = ""] = name.split(".", 1);
    if (Object.hasOwn(this.commands, asked)) return this.commands[asked];
    const found = Object.keys(this.commands).filter((each) => each.startsWith(asked));
    return found.length === 1 ? this.commands[found[0] as string] : undefined;
  }
}

const untilNul = (text: string) => text.split("\0", 1)[0] as string;
