// All scripts of a program, read for everyone who runs them. Clients whose values decide the same share
// one reading; each is then looked at for what its own values are.
import type { Board } from "../boards/index.js";
import type { Diagnostic, Report } from "../diagnostics/index.js";
import {
  boardsOf,
  type Client,
  type Firmware,
  isKnown,
  type Program,
  type Provision,
  type Script,
  textFor,
  type Wording,
} from "../program/index.js";
import { readArguments } from "./bootargs.js";
import { Decisions } from "./decisions.js";
import { askedName, forFileNames, ownName } from "./files.js";
import { readBlock } from "./read.js";
import { admitted, type LateCheck, type Question, type Reading } from "./reading.js";
import type { KernelArgument, Steps } from "./step.js";

/** A script as it is for a board, and for all clients that take the same branches. */
export interface ReadScript {
  readonly script: Script;
  readonly board: Board;
  /** The first client it was read for; undefined for scripts that all clients share. */
  readonly client?: Client;
  readonly steps: Steps;
}

/** A script that goes to somebody: to all, or to one client. */
export interface ScriptRun {
  readonly script: Script;
  readonly board: Board;
  readonly client?: Client;
  readonly read: ReadScript;
  /** The name of the file it is compiled to. */
  readonly file: string;
  /** What is wrong with the client's own values: said when the script is compiled, which it is not. */
  readonly problems: readonly Diagnostic[];
}

/** What the firmware is to pass on as the kernel's command line. */
export interface Cmdline {
  readonly firmware: Firmware;
  readonly arguments: readonly KernelArgument[];
}

/** A program with its scripts read. What is wrong with a part of it is reported and left out. */
export interface ReadProgram {
  /** With the FITs that nobody declared. */
  readonly program: Program;
  readonly scripts: readonly ReadScript[];
  readonly runs: readonly ScriptRun[];
  readonly cmdlines: ReadonlyMap<Firmware, readonly KernelArgument[]>;
}

/** What is the same for all clients with the same answers. */
interface Shared {
  readonly read: ReadScript;
  readonly checks: readonly LateCheck[];
  /** Something was said of it, which may be different for each client. */
  readonly faulty: boolean;
}

/** Reads the scripts of `program`, and the command lines of its firmware. */
export function readScripts(program: Program, report: Report): ReadProgram {
  const reader = new ScriptsReader(program, report);
  for (const script of program.scripts.values()) reader.read(script);
  for (const script of program.faulty) reader.lookAt(script);
  for (const firmware of program.firmware) reader.readCmdline(firmware);
  const { scripts, runs, cmdlines, implied } = reader;
  const provisions = new Map([...program.provisions, ...implied]);
  const whole = implied.size === 0 ? program : { ...program, provisions };
  return { program: whole, scripts, runs, cmdlines };
}

class ScriptsReader {
  readonly scripts: ReadScript[] = [];
  readonly runs: ScriptRun[] = [];
  readonly cmdlines = new Map<Firmware, readonly KernelArgument[]>();
  readonly implied = new Map<string, Provision>();
  readonly #program: Program;
  readonly #report: Report;

  constructor(program: Program, report: Report) {
    this.#program = program;
    this.#report = report;
  }

  read(script: Script): void {
    const { clients, board } = this.#program;
    if (!script.forEachClient) {
      for (const each of boardsOf(this.#program)) this.#readShared(script, each);
      return;
    }
    const decisions = new Map<Board, Decisions<Shared>>();
    const name = this.#nameOf(script, board);
    if (clients.length === 0) this.lookAt(script);
    for (const client of clients) {
      const known = decisions.get(client.board) ?? new Decisions<Shared>();
      decisions.set(client.board, known);
      this.#readFor(script, client, known, name);
    }
  }

  /** Nobody runs `script`, but what is wrong in it for everybody is wrong. */
  lookAt(script: Script): void {
    this.#readOne(script, this.#program.board, undefined, this.#report, true);
  }

  #readShared(script: Script, board: Board): void {
    const { read } = this.#readOne(script, board, undefined, this.#report);
    this.scripts.push(read);
    const wording = askedName(script, this.#program, board);
    const reading = this.#reading(script, board, undefined, this.#report);
    if (!admitted(wording, forFileNames, reading)) return;
    this.runs.push({ script, board, read, file: textFor(wording, undefined), problems: [] });
  }

  #readFor(
    script: Script,
    client: Client,
    decisions: Decisions<Shared>,
    name: { readonly wording: Wording; readonly checks: readonly LateCheck[] },
  ): void {
    let shared = decisions.find(client);
    const { board } = client;
    if (!shared) {
      const questions: Question[] = [];
      shared = this.#readOne(script, board, client, this.#report, false, questions);
      decisions.add(client, questions, shared);
      this.scripts.push(shared.read);
    } else if (shared.faulty) this.#readOne(script, board, client, this.#report);
    const { read } = shared;
    const checks = [...shared.checks, ...name.checks];
    const problems: Diagnostic[] = [];
    for (const check of checks) check(client, (diagnostic) => problems.push(diagnostic));
    const file = textFor(name.wording, client);
    this.runs.push({ script, board, client, read, file, problems });
  }

  #readOne(
    script: Script,
    board: Board,
    client: Client | undefined,
    report: Report,
    idle = false,
    questions: Question[] = [],
  ): Shared {
    const checks: LateCheck[] = [];
    let faulty = false;
    const note: Report = (diagnostic) => {
      faulty = true;
      report(diagnostic);
    };
    const reading = {
      ...this.#reading(script, board, client, note),
      idle,
      late: (check: LateCheck) => checks.push(check),
      asks: (question: Question) => questions.push(question),
    };
    const steps = readBlock(script.body, reading);
    return { read: { script, board, steps, ...(client && { client }) }, checks, faulty };
  }

  #reading(script: Script, board: Board, client: Client | undefined, report: Report): Reading {
    const nothing = () => {};
    return {
      program: this.#program,
      script,
      board,
      client,
      report,
      idle: false,
      late: nothing,
      asks: nothing,
      implied: this.implied,
    };
  }

  /** The name of a client's file, and what of the clients is to be looked at for it. */
  #nameOf(script: Script, board: Board) {
    const wording = ownName(script);
    const checks: LateCheck[] = [];
    const reading = this.#reading(script, board, undefined, this.#report);
    admitted(wording, forFileNames, { ...reading, late: (check) => checks.push(check) });
    return { wording, checks };
  }

  /** Only the arguments that are the same for all boards: there is no U-Boot that could decide. */
  readCmdline(firmware: Firmware): void {
    const { cmdline, forEachClient, span, place } = firmware;
    if (!cmdline) return;
    const { board, clients } = this.#program;
    const file = { parts: [], span };
    const script: Script = { name: "cmdline", span, place, file, forEachClient, body: [] };
    const checks: LateCheck[] = [];
    const reading = this.#reading(script, board, clients[0], this.#report);
    const read = readArguments(cmdline, { ...reading, late: (check) => checks.push(check) });
    for (const client of forEachClient ? clients : []) {
      for (const check of checks) check(client, this.#report);
    }
    const known = read?.every((each) =>
      isKnown(each.type === "text" ? each.value : each.root.at, this.#report),
    );
    if (read && known) this.cmdlines.set(firmware, read);
  }
}
