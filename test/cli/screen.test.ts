// What is drawn again in place, and how far up that is. The terminal is one that keeps what it gets.
import type { WriteStream } from "node:tty";
import { expect, it } from "vitest";
import { Screen } from "../../src/cli/screen.js";

it.each([
  ["as wide as before", 40, 3],
  ["wider", 80, 3],
  ["narrower", 20, 5],
])("a terminal that is %s", (_, columns, up) => {
  const written: string[] = [];
  const fake = { columns: 40, rows: 24, write: (text: string) => written.push(text) > 0 };
  const screen = new Screen(fake as unknown as WriteStream);
  screen.draw([
    "a title of thirty-five characters..",
    "",
    "\x1b[31mthirty characters in all, red..\x1b[0m",
  ]);
  fake.columns = columns;
  written.splice(0);
  screen.draw(["next"]);
  expect(written.join("")).toBe(`\x1b[${up}A\x1b[1G\x1b[0Jnext\n`);
});
