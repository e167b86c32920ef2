// A first flow from a script that somebody wrote by hand: what is known becomes declarations and
// statements, the rest `uboot` lines. What the script did not say (the board, a server) is guessed and
// marked; addresses are left out, since the compiler finds them.
import { type Dialect, parse, type Steps } from "../hush/index.js";
import {
  commandsOf,
  type FoundScript,
  locateIn,
  plainText,
  type ScriptCommand,
} from "../lint/index.js";
import { nfsrootIn } from "./bootargs.js";
import { isTooDeep } from "./depth.js";
import { addressIn, type Found, filesIn, type ImportedFile } from "./found.js";
import { type Importing, StatementWriter } from "./statements.js";

/** What the script is imported for. */
export interface ImportOptions {
  /** Of the catalogue; without it a board is guessed and marked. */
  readonly board?: string;
  readonly dialect?: Dialect;
}

/** The text of a flow for `script`. It parses; whether it compiles depends on the files it names. */
export function importScript(script: FoundScript, options: ImportOptions = {}): string {
  const { source } = script;
  const { text, tree, errors } = readable(source.text, options.dialect);
  const nfsroot = nfsrootIn(text);
  const { comments } = tree;
  const base = { text, locate: locateIn(source), comments, nfsroot: Boolean(nfsroot) };
  const deep = isTooDeep(tree.steps);
  const { found, body: statements } = written(base, deep ? [] : tree.steps);
  const lost =
    errors.length > 0 || deep
      ? ["  # not imported:", ...text.trimEnd().split("\n").map(commented)]
      : [];
  const body = [...statements, ...lost];
  const name = source.name.split(/[\\/]/).at(-1) ?? source.name;
  const server =
    /\b(\d{1,3}(?:\.\d{1,3}){3}):[\w/$]/.exec(text) ?? /serverip\s+"?(\d[\d.]+)/.exec(text);
  const rootLine =
    nfsroot &&
    `nfsroot rootfs at "${nfsroot.path}" { version ${nfsroot.version ?? 3}  protocol ${nfsroot.protocol ?? "tcp"} }`;
  return [
    ...heading(name, body),
    options.board
      ? `board ${options.board}`
      : "board rpi_3    # a guess: `ubootc boards` lists them",
    server
      ? `server ${server[1]}`
      : "server 192.168.0.250    # a guess: where the board's files are",
    "",
    ...found.files.filter(({ kind }) => kind !== "script").map(declaration),
    ...(rootLine ? [rootLine] : []),
    "",
    'script boot on sdcard "boot.scr" {',
    ...body,
    "}",
    ...found.files.filter(({ kind }) => kind === "script").flatMap(nextScript),
    "",
  ]
    .join("\n")
    .replace(/\n{3,}/g, "\n\n");
}

/** `text` as the parser reads it that can read all of it. */
function readable(source: string, dialect: Dialect | undefined) {
  const text = plainText(source);
  const dialects: readonly Dialect[] = dialect ? [dialect] : ["old", "modern"];
  const read = dialects.map((each) => parse(text, each));
  const whole = read.find(({ errors }) => errors.length === 0) ?? read[0];
  const { tree, errors } = whole ?? parse(text, "old");
  return { text, tree, errors };
}

const commented = (line: string) => `  #   ${line}`.trimEnd();

/** Writes until nothing that stays a line of the shell depends on what became a statement. */
function written(base: Omit<Importing, "found">, steps: Steps) {
  const ignored = new Set<number>();
  const commands = commandsOf(base.locate({ start: 0, end: 0 }).source, steps);
  for (;;) {
    const found = filesIn(commands, ignored);
    const writer = new StatementWriter({ ...base, found });
    const body = writer.write(steps);
    const { source } = base.locate({ start: 0, end: 0 });
    const kept = writer.kept.flatMap((each) => commandsOf(source, each));
    const before = ignored.size;
    for (const start of dependentOn(kept, found)) ignored.add(start);
    if (ignored.size === before) return { found, body };
  }
}

/** The commands that have to stay as they are because of those that do. */
function dependentOn(kept: readonly ScriptCommand[], found: Found): readonly number[] {
  const used = new Set(kept.flatMap(({ args }) => args.map(({ text }) => addressIn(text))));
  const starts = kept.map(({ at }) => at.start);
  const own = starts.filter(
    (start) => found.boots.has(start) || found.chains.has(start) || found.loads.has(start),
  );
  const loads = [...found.addresses].filter(([, address]) => used.has(address));
  return [...own, ...loads.map(([start]) => start)];
}

function heading(name: string, body: readonly string[]): readonly string[] {
  const raw = body.filter((line) => /^\s*uboot /.test(line)).length;
  const left = body.filter((line) => /^\s*# not imported:/.test(line)).length;
  return [
    `# Imported from ${name.replace(/[^ -~]/g, "?")}. Look at these before you use it:`,
    "# - A step that fails ends the script here, or goes to the `else` of its `try`; there it went on.",
    "# - Files are named as on the board: put them beside this file, or write where they are.",
    "# - Addresses are left out: the compiler finds them.",
    ...(raw > 0
      ? [
          `# - ${raw} ${raw === 1 ? "line" : "lines"} of the script had no statement, and stayed behind \`uboot\`.`,
        ]
      : []),
    ...(left > 0 ? [`# - ${left} could not be taken over at all: look for "not imported".`] : []),
    "",
  ];
}

function declaration({ kind, name, path }: ImportedFile): string {
  if (path === "") return `dtb ${name} from firmware`;
  const base = path.split("/").at(-1) ?? path;
  return `${kind} ${name} from "${base}"${base === path ? "" : ` as "${path}"`}`;
}

function nextScript({ name, path, place }: ImportedFile): readonly string[] {
  return [
    "",
    `script ${name} on ${place} "${path}" {`,
    `  fail "import ${path} and put its statements here"`,
    "}",
  ];
}
