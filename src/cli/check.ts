// `ubootc check`: everything that a build of a flow would object to, or what is wrong with a script that
// somebody wrote by hand; nothing is written.
import { join } from "node:path";
import { Command, InvalidArgumentError, Option } from "commander";
import { type Board, findBoard } from "../boards/index.js";
import { compile } from "../compile.js";
import type { Judged } from "../diagnostics/index.js";
import { diskFiles, ReadError } from "../files/index.js";
import type { Dialect } from "../hush/index.js";
import { finder, lint, passes, readScripts } from "../lint/index.js";
import { boardWith, memoryOf } from "../program/index.js";
import { refusalOf } from "../trial/index.js";
import { unknownBoard } from "./boards.js";
import { finish } from "./finish.js";
import { defineOption } from "./flow-options.js";
import { onlyLooking } from "./keys/key-means.js";
import { plainFindings, reportAll } from "./report.js";
import { sarifOption, writeSarif } from "./sarif.js";
import { type Severities, severityOption } from "./severity.js";

interface Flags {
  readonly define: Readonly<Record<string, string>>;
  readonly severity: Severities;
  readonly json?: true;
  readonly sarif?: string | true;
  readonly board?: string;
  readonly dialect?: Dialect;
  readonly image?: string;
  readonly root?: string;
  readonly commands?: string;
  readonly memory?: number;
}

/** What the command line of a flow and that of a script do not share. */
const OF_SCRIPTS = ["board", "dialect", "image", "root", "commands", "memory"] as const;
/** Exit code of a command line that was not understood. */
const USAGE = 2;

/** The command. */
export function checkCommand(): Command {
  return new Command("check")
    .description("say what is wrong with a flow, or with a boot script, and write nothing")
    .argument(
      "<file>",
      "a .boot file; or a script: text, boot.scr, or a FIT with scripts (FILE#CONF)",
    )
    .addOption(defineOption())
    .addOption(severityOption())
    .option("--board <id>", "of a script: the board that it is for")
    .addOption(
      new Option(
        "--dialect <name>",
        "of a script: U-Boot's parser; default: the board's, else both",
      ).choices(["old", "modern"]),
    )
    .option("--image <name>", "of a FIT: only this script")
    .option(
      "--root <folder>",
      "of a script: the folder with the files that it loads, which are looked into",
    )
    .option("--commands <names>", "of a script: commands that its U-Boot has besides the board's")
    .option("--memory <size>", "of a script: how much memory the board has, such as 4G", memory)
    .option("--json", "print the findings as JSON")
    .addOption(sarifOption().conflicts("json"))
    .action((file: string, flags: Flags) => {
      const misplaced = misplacedIn(file, flags);
      if (misplaced !== undefined) {
        finish("check", [misplaced]);
        process.exitCode = USAGE;
        return;
      }
      const found = /\.boot$/.test(file) ? checkFlow(file, flags) : checkScripts(file, flags);
      if (!found) return;
      if (flags.json) {
        process.stdout.write(`${JSON.stringify(plainFindings(found), undefined, 2)}\n`);
      } else reportAll(found.diagnostics);
      if (flags.sarif !== undefined) writeSarif("check", flags.sarif, found, file);
      if (!found.passes) process.exitCode = 1;
    });
}

function memory(text: string): number {
  const size = memoryOf(text);
  if (size === undefined) throw new InvalidArgumentError("write it as 512M or 4G");
  return size;
}

/** An option that says nothing about `file`. */
function misplacedIn(file: string, flags: Flags): string | undefined {
  if (/\.boot$/.test(file)) {
    const extra = OF_SCRIPTS.find((each) => flags[each] !== undefined);
    if (extra === undefined) return undefined;
    const inFlow = ["board", "commands", "memory"].includes(extra);
    return `--${extra} is for scripts${inFlow ? "; a flow says it: board NAME { … }" : ""}`;
  }
  if (Object.keys(flags.define).length > 0) return "-D is for flows: a script has no parameters";
  const { board, commands, memory: size } = flags;
  const lacks = commands !== undefined ? "--commands" : size !== undefined ? "--memory" : "";
  return board === undefined && lacks ? `${lacks} needs --board: it says what differs` : undefined;
}

/** What was found, and whether it is fit to be used. */
interface Checked extends Judged {
  readonly passes: boolean;
}

function checkFlow(flow: string, { define: parameters, severity: severities }: Flags): Checked {
  const files = diskFiles();
  try {
    const compilation = compile(flow, { files, parameters, severities, keys: onlyLooking });
    return { ...compilation, passes: compilation.artifacts !== undefined };
  } finally {
    files.close();
  }
}

function checkScripts(path: string, flags: Flags): Checked | undefined {
  const problems: string[] = [];
  const board = boardOf(flags);
  if (flags.board !== undefined && !board) problems.push(unknownBoard(flags.board));
  const files = diskFiles();
  try {
    const { name, scripts } = scriptsAt(path, flags, files);
    if (typeof scripts === "string") problems.push(`${name}: ${scripts}`);
    if (problems.length > 0 || typeof scripts === "string") {
      finish("check", problems);
      return undefined;
    }
    const { dialect, root, severity: severities } = flags;
    const find = root === undefined ? undefined : finder((name) => files.open(join(root, name)));
    const options = {
      ...(board && { board }),
      ...(dialect && { dialect }),
      ...(find && { find, tries: refusalOf }),
      severities,
    };
    const judged = scripts.map((each) => lint(each, options));
    if (!board && !flags.json) process.stderr.write(`${withoutBoard}\n\n`);
    return {
      diagnostics: judged.flatMap((each) => each.diagnostics),
      allowed: judged.flatMap((each) => each.allowed),
      passes: judged.every(passes),
    };
  } finally {
    files.close();
  }
}

function boardOf({ board: name, commands, memory }: Flags): Board | undefined {
  const board = name === undefined ? undefined : findBoard(name);
  return board && boardWith(board, commands, memory);
}

const withoutBoard =
  "note: without --board nothing is said about a board's commands, addresses and memory";

/** The scripts in the file at `path`, which may name a configuration of a FIT after `#`. */
function scriptsAt(path: string, { image }: Flags, files: ReturnType<typeof diskFiles>) {
  const selection = image === undefined ? {} : { image };
  const whole = files.open(path);
  if (!("code" in whole)) return { name: path, scripts: readScripts(path, whole, selection) };
  const [, name = "", configuration = ""] = /^(.+)#([^#/]+)$/.exec(path) ?? [];
  const opened = name === "" ? whole : files.open(name);
  if ("code" in opened) throw new ReadError(whole.message);
  return { name, scripts: readScripts(name, opened, { configuration }) };
}
