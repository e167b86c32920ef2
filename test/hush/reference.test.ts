// The interpreter beside reference results: what U-Boot's two parsers did with small texts when
// they were compiled on a host with stub commands (facts/u-boot.md, 8.1). The rows are read from
// there; without that file the test is skipped with a line that says so.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { builtins, type Commands, run, type ShellOptions } from "../../src/hush/index.js";

const places = ["../../../shared", "../../../../shared"].map((up) =>
  join(import.meta.dirname, up, "facts/u-boot.md"),
);
const facts = places.find((path) => existsSync(path));
if (!facts) console.warn("skipped: needs shared/facts/u-boot.md");

interface Row {
  readonly text: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly old: string;
  readonly modern: string;
}

const plain = (shown: string) =>
  shown.replaceAll("⏎", "\n").replaceAll("⇥", "\t").replaceAll("\\r", "\r");

/** The rows of the block: a text, its environment in ❲ ❳, and below it what was printed. */
function rowsOf(document: string): Row[] {
  const block = /### 8\.1[\s\S]*?```\n([\s\S]*?)\n```/.exec(document)?.[1] ?? "";
  const lines = block.split("\n");
  const rows: Row[] = [];
  for (let at = 0; at + 1 < lines.length; at += 2) {
    const [, text = "", given = ""] = /^(.*?)(?: {3}❲(.*)❳)?$/.exec(lines[at] ?? "") ?? [];
    const names = [...given.matchAll(/(?:^| )([A-Za-z_][\w#./:-]*)=/g)];
    const environment = Object.fromEntries(
      names.map((match, index) => {
        const end = names[index + 1]?.index ?? given.length;
        return [match[1] ?? "", plain(given.slice(match.index + match[0].length, end))];
      }),
    );
    const [old = "", modern = old] = (lines[at + 1] ?? "").trim().split(/ {3}≠ {3}/);
    rows.push({ text: plain(text), environment, old, modern });
  }
  return rows;
}

const commands: Commands = {
  ...builtins,
  args: (args, shell) => {
    shell.write(args.length === 0 ? "[]0\n" : `${args.map((each) => `[${each}]`).join("")}\n`);
    return 0;
  },
  ret: ([status = "0"]) => Number(status),
  source: ([name = ""], shell) => shell.source(shell.environment.get(name) ?? ""),
};

/** What `text` printed and how it ended, in the words of the facts. */
function shown({ text, environment }: Row, dialect: ShellOptions["dialect"]): string {
  let output = "";
  const { status, outcome } = run(text, {
    dialect,
    commands,
    environment: new Map(Object.entries(environment)),
    console: { write: (more) => (output += more) },
  });
  const ends = { undefined: "CRASH", panic: "PANIC", console: "CONSOLE", stopped: "", limit: "" };
  const end = outcome.kind === "ended" ? (status === 0 ? "" : `rc=${status}`) : ends[outcome.kind];
  const lines = output.replace(/\n$/, "").replaceAll("\r", "\\r").replaceAll("\n", " / ");
  return [lines, end].filter((each) => each !== "").join(" ") || "-";
}

/**
 * Where the interpreter differs, and why it is right to: the host build had stubs for what a board
 * prints when it gives up, and for `test`.
 */
const known: Readonly<Record<string, Partial<Pick<Row, "old" | "modern">>>> = {
  // Asked of U-Boot 2023.01 in QEMU: two words that are no operator with its operand are true.
  "test $u = x && args yes; args end": { old: "[yes] / [end]", modern: "[yes] / [end]" },
  // What the host build calls an error is a panic of the board.
  "args ${v": { modern: "out of memory / ### ERROR ### Please RESET the board ### PANIC" },
  "args a; fi": {
    modern: "syntax error at 'fi'HUSH died! / ### ERROR ### Please RESET the board ### PANIC",
  },
};

/** Where several spellings mean the same: line ends in one argument, what a stub leaves out. */
const alike = (text: string) =>
  text
    .replaceAll("⏎", " / ")
    .replaceAll(" - try 'help'", "")
    .replace(/ \/ (?=rc=|CRASH|PANIC|CONSOLE)/g, " ");

describe.runIf(facts)("reference results", () => {
  const rows = facts ? rowsOf(readFileSync(facts, "utf8")) : [];
  it("are all there", () => expect(rows.length).toBeGreaterThan(100));
  it.each(rows)("$text", (row) => {
    const { old, modern } = { ...row, ...known[row.text] };
    expect({ old: alike(shown(row, "old")), modern: alike(shown(row, "modern")) }).toEqual({
      old: alike(old),
      modern: alike(modern),
    });
  });
});
