// Text that is drawn again in place, with other text above it. Leaves out what the text says.
import { clearScreenDown, cursorTo, moveCursor } from "node:readline";
import type { WriteStream } from "node:tty";
import stringWidth from "string-width";

/** DEC private mode 25: the cursor is in the way of a picture. */
const HIDE = "\x1b[?25l";
const SHOW = "\x1b[?25h";

/** The last lines of a terminal. */
export class Screen {
  readonly #terminal: WriteStream;
  #lines: readonly string[] = [];

  constructor(terminal: WriteStream) {
    this.#terminal = terminal;
    terminal.write(HIDE);
  }

  get columns(): number {
    return this.#terminal.columns || 80;
  }

  get rows(): number {
    return this.#terminal.rows || 24;
  }

  /** Draws `lines` in place of those before; each has to fit in a row. */
  draw(lines: readonly string[]): void {
    if (lines.join("\n") === this.#lines.join("\n")) return;
    this.#clear();
    this.#lines = lines;
    this.#terminal.write(lines.map((line) => `${line}\n`).join(""));
  }

  /** Lets `write` write, above what is drawn. */
  above(write: () => void): void {
    const lines = this.#lines;
    this.#clear();
    write();
    this.draw(lines);
  }

  /** Leaves what is drawn where it is. */
  end(): void {
    this.#terminal.write(SHOW);
  }

  #clear(): void {
    if (this.#lines.length > 0) {
      // A terminal that was made narrower has broken the lines.
      const rows = this.#lines.map((line) =>
        Math.max(1, Math.ceil(stringWidth(line) / this.columns)),
      );
      moveCursor(this.#terminal, 0, -rows.reduce((sum, each) => sum + each, 0));
      cursorTo(this.#terminal, 0);
      clearScreenDown(this.#terminal);
    }
    this.#lines = [];
  }
}
