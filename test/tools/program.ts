// A process of the laboratory together with everything it printed: a board's console, a server's
// log. Whatever waits has a time limit, so that a hang is a failure that shows where it hung.
import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { setTimeout as pause } from "node:timers/promises";

/** How many times longer than on an idle machine things may take: others may be at work on it. */
const PATIENCE = 4;

/** How much of the output an error shows, in characters. */
const tailLength = 3000;

export class Program {
  /** All it printed so far on both outputs, without carriage returns. */
  output = "";
  /** Resolves once it is gone and nothing holds its outputs any more. */
  readonly ended: Promise<void>;

  /** Where the next `waitFor` starts to look. */
  private position = 0;
  private isOver = false;
  private readonly child: ChildProcessWithoutNullStreams;
  private readonly listeners = new Set<() => void>();

  constructor(command: string, args: readonly string[]) {
    // A group of its own, so that stopping it reaches what it started.
    this.child = spawn(command, args, { detached: true, stdio: "pipe" });
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        this.output += text.replaceAll("\r", "");
        this.notify();
      });
    }
    this.child.stdin.on("error", () => {}); // typing to a program that has ended is no failure
    this.child.on("error", (error) => {
      this.output += `${error.message}\n`;
    });
    this.ended = new Promise<void>((resolve) => this.child.on("close", () => resolve())).then(
      () => {
        this.isOver = true;
        this.notify();
      },
    );
  }

  /** The exit code; null while it runs, and when a signal ended it. */
  get exitCode(): number | null {
    return this.child.exitCode;
  }

  /** The process id; 0 when it could not be started. */
  get pid(): number {
    return this.child.pid ?? 0;
  }

  /**
   * Waits until `pattern` appears in what no earlier call has matched yet.
   * @throws after `timeoutMs` milliseconds of a machine with nothing else to do, or when the program ends without it.
   */
  async waitFor(pattern: RegExp | string, timeoutMs: number): Promise<string> {
    const deadline = Date.now() + PATIENCE * timeoutMs;
    for (;;) {
      const found = match(this.output.slice(this.position), pattern);
      if (found) {
        this.position += found.end;
        return found.text;
      }
      if (this.isOver) throw this.failure(`ended without ${pattern}`);
      if (!(await this.change(deadline))) throw this.failure(`no ${pattern} in ${timeoutMs} ms`);
    }
  }

  /**
   * Waits until the program has ended by itself.
   * @throws after `timeoutMs` milliseconds of a machine with nothing else to do.
   */
  async waitForEnd(timeoutMs: number): Promise<void> {
    const deadline = Date.now() + PATIENCE * timeoutMs;
    while (!this.isOver) {
      if (!(await this.change(deadline))) throw this.failure(`still runs after ${timeoutMs} ms`);
    }
  }

  /** Writes `text` to its standard input. */
  type(text: string): void {
    this.child.stdin.write(text);
  }

  /** Ends it, the hard way after two seconds, and waits until it is gone. Harmless when it is. */
  async stop(): Promise<void> {
    this.child.stdin.end();
    this.signal("SIGTERM");
    await Promise.race([this.ended, pause(2000, undefined, { ref: false })]);
    if (!this.isOver) this.signal("SIGKILL");
    await this.ended;
  }

  private signal(name: NodeJS.Signals): void {
    if (this.isOver || !this.pid) return;
    try {
      process.kill(-this.pid, name);
    } catch {
      // It ended in between.
    }
  }

  /** Resolves with true when there is news, with false at `deadline`. */
  private change(deadline: number): Promise<boolean> {
    return new Promise((resolve) => {
      const settle = (news: boolean) => {
        clearTimeout(timer);
        this.listeners.delete(listener);
        resolve(news);
      };
      const listener = () => settle(true);
      const timer = setTimeout(() => settle(false), Math.max(0, deadline - Date.now()));
      this.listeners.add(listener);
    });
  }

  private notify(): void {
    for (const listener of this.listeners) listener();
  }

  private failure(what: string): Error {
    const tail = this.output.slice(-tailLength);
    return new Error(`${what}; the last it printed:\n${tail}`);
  }
}

function match(text: string, pattern: RegExp | string): { text: string; end: number } | undefined {
  if (typeof pattern === "string") {
    const start = text.indexOf(pattern);
    return start < 0 ? undefined : { text: pattern, end: start + pattern.length };
  }
  const found = pattern.exec(text);
  return found ? { text: found[0], end: found.index + found[0].length } : undefined;
}
