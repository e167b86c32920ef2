// A first flow from a script that somebody wrote by hand: what is known becomes declarations and
// statements, the rest `uboot` lines. What the script did not say (the board, a server) is guessed and
// marked; addresses are left out, since the compiler finds them.
import { type Board, defaultEnvironment, findBoard } from "../boards/index.js";
import { type Dialect, parse, type Steps } from "../hush/index.js";
import {
  commandsOf,
  type FoundScript,
  locateIn,
  plainText,
  type ScriptCommand,
} from "../lint/index.js";
import { BlockWriter } from "./blocks.js";
import { nfsrootIn } from "./bootargs.js";
import { isTooDeep } from "./depth.js";
import { filesIn, type ImportedFile } from "./found.js";

/** The board of a flow that was imported for none. */
const GUESSED = "rpi_3";

/** What the script is imported for. */
export interface ImportOptions {
  /** Of the catalogue; without it a board is guessed and marked. */
  readonly board?: string;
  readonly dialect?: Dialect;
}

/** A script as a flow, and how much of it became statements. */
export interface Imported {
  readonly text: string;
  /** Commands of the script, those in its blocks and conditions included. */
  readonly commands: number;
  /** Those that did not stay lines of the shell. */
  readonly recognised: number;
}

/** The text of a flow for `script`. It parses; whether it compiles depends on the files it names. */
export function importScript(script: FoundScript, options: ImportOptions = {}): string {
  return importFlow(script, options).text;
}

/** The same, with what was counted. */
export function importFlow(script: FoundScript, options: ImportOptions = {}): Imported {
  const { source } = script;
  const { text, tree, errors } = readable(source.text, options.dialect);
  const nfsroot = nfsrootIn(text);
  const { comments } = tree;
  const locate = locateIn(source);
  const deep = isTooDeep(tree.steps);
  const steps = deep ? [] : tree.steps;
  const board = findBoard(options.board ?? GUESSED);
  const found = filesIn(steps, locate, board);
  const importing = {
    text,
    locate,
    found,
    comments,
    nfsroot: Boolean(nfsroot && found),
    known: knownVariables(board, commandsOf(source, steps)),
    mixed: mixesFileSystems(commandsOf(source, steps)),
  };
  const dialect = options.dialect ?? board?.shell ?? "old";
  const writer = new BlockWriter(importing, dialect);
  const statements = writer.write(steps, dialect === "modern" || keepsStatus(source.text, steps));
  const lost =
    errors.length > 0 || deep
      ? ["  # not imported:", ...text.trimEnd().split("\n").map(commented)]
      : [];
  const body = [...statements, ...lost];
  const name = source.name.split(/[\\/]/).at(-1) ?? source.name;
  const server =
    /\b(\d{1,3}(?:\.\d{1,3}){3}):[\w/$]/.exec(text) ?? /serverip\s+"?(\d[\d.]+)/.exec(text);
  const fetches = found && /^ *(?:load \S+|boot .*|root rootfs)$/m.test(statements.join("\n"));
  const rootLine =
    nfsroot &&
    found &&
    `nfsroot rootfs at "${nfsroot.path}" { version ${nfsroot.version ?? 3}  protocol ${nfsroot.protocol ?? "tcp"} }`;
  const whole = [
    ...heading(name, body, { declares: found !== undefined, autoloads: autoloads(text, body) }),
    options.board
      ? `board ${options.board}`
      : `board ${GUESSED}    # a guess: \`ubootc boards\` lists them`,
    ...(fetches
      ? [
          server
            ? `server ${server[1]}`
            : "server 192.168.0.250    # a guess: where the board's files are",
        ]
      : []),
    "",
    ...(found?.files ?? []).map(declaration),
    ...(rootLine ? [rootLine] : []),
    "",
    'script boot on sdcard "boot.scr" {',
    ...body,
    "}",
    "",
  ]
    .join("\n")
    .replace(/\n{3,}/g, "\n\n");
  const commands = commandsOf(source, tree.steps).length;
  return { text: whole, commands, recognised: deep ? 0 : commands - writer.left };
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

/** Variables that have a value when a script of this board starts something. */
function knownVariables(board: Board | undefined, commands: readonly ScriptCommand[]) {
  const set = commands.flatMap(({ name, args: [first, second] }) =>
    name === "setenv" && second && first ? [first.text] : [],
  );
  const own = board ? [...Object.keys(defaultEnvironment(board)), board.firmwareDtb ?? ""] : [];
  return new Set([...set, ...own, "fdtcontroladdr"]);
}

/** Whether a script asks for a file on one kind of file system and then on another. */
function mixesFileSystems(commands: readonly ScriptCommand[]): boolean {
  const names = new Set(commands.map(({ name }) => name.replace("ext2load", "ext4load")));
  return names.has("fatload") && names.has("ext4load");
}

/**
 * Whether the status of the last command is that of the script in the old parser, which forgets it at the
 * end of a line, but for a text of one.
 */
function keepsStatus(text: string, steps: Steps): boolean {
  const end = text.lastIndexOf("\n");
  if (text.indexOf("\n") === text.length - 1) return true;
  return end < text.length - 1 && (steps.at(-1)?.command?.end ?? 0) > end;
}

/** Whether `dhcp` of the script also fetched the file that the server names, as that of a flow does not. */
function autoloads(text: string, body: readonly string[]): boolean {
  return /\bdhcp\b/.test(body.join("\n")) && !/\bautoload[ =]"?[^1yYtTN\s"]/.test(text);
}

function heading(
  name: string,
  body: readonly string[],
  { declares, autoloads }: { readonly declares: boolean; readonly autoloads: boolean },
): readonly string[] {
  const raw = body.filter((line) => /^\s*uboot /.test(line)).length;
  const left = body.filter((line) => /^\s*# not imported/.test(line)).length;
  return [
    `# Imported from ${name.replace(/[^ -~]/g, "?")}. Look at these before you use it:`,
    "# - A step that fails leaves its block. Where the script went on all the same, the step stands in a `try`:",
    "#   remove the `try`, and the script stops there and says so.",
    ...(declares
      ? [
          "# - Files are named as on the board: put them beside this file, or write where they are.",
          "# - Addresses are removed: the compiler finds them.",
        ]
      : [
          "# - Files are loaded by name to the script's own addresses: nothing of them is checked.",
        ]),
    ...(autoloads
      ? [
          "# - `dhcp` only gets an address here: that of the script also loads the file that the server names, and",
          "#   fails without it.",
        ]
      : []),
    ...(raw > 0
      ? [
          `# - ${raw} ${raw === 1 ? "line" : "lines"} of the script had no statement, and stayed after \`uboot\`.`,
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
