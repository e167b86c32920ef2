// The commands for the environment, where some variables have a type. Left out: editing by hand,
// UEFI's variables, and where a board keeps its environment. Governed by cmd/nvedit.c.
import { defaultEnvironment } from "../../boards/index.js";
import { builtins, type Run, type Shell, type ShellCommand } from "../../hush/index.js";
import type { Family, Machine } from "../machine.js";
import { unknown, unknownCommand } from "../unknown-command.js";
import { escaped, exportEnvironment, forget, importEnvironment } from "./environment-text.js";

type Verb = (machine: Machine, args: readonly string[], shell: Shell) => ReturnType<Run>;

/** What a command does; nothing where there is none. */
export const runOf = (command: ShellCommand | undefined): Run =>
  typeof command === "object" ? command.run : (command ?? (() => 1));

const builtin =
  (name: "printenv" | "run"): Verb =>
  (_machine, args, shell) =>
    runOf(builtins[name])(args, shell, name);

/** What `env` can be followed by. */
const verbs: Readonly<Record<string, Verb>> = {
  default: reset,
  delete: remove,
  exists: ({ environment }, [name]) =>
    name === undefined ? "usage" : Number(environment.get(name) === undefined),
  export: exportEnvironment,
  grep,
  import: importEnvironment,
  print: builtin("printenv"),
  run: builtin("run"),
  save: saveenv,
  set: setenv,
};

/** `setenv`, `saveenv` and `env`. */
export const environmentCommands: Family = (machine) => ({
  setenv: (args) => setenv(machine, args),
  saveenv: { run: () => saveenv(machine), maxargs: 1 },
  env: (args, shell) => env(machine, args, shell),
});

/** A verb may be cut where it is clear; what the board has only sometimes may be missing. */
function env(machine: Machine, [asked, ...args]: readonly string[], shell: Shell) {
  if (asked === undefined) return "usage";
  if (/^(?:ask|callbacks|edit|erase|flags|indirect|info|load|select)$/.test(asked)) {
    return runOf(unknownCommand(machine, `env ${asked}`))(args, shell, asked);
  }
  const found = Object.keys(verbs).filter((name) => name.startsWith(asked));
  const verb = Object.hasOwn(verbs, asked) ? asked : found.length === 1 ? found[0] : undefined;
  return verb === undefined ? "usage" : (verbs[verb] as Verb)(machine, args, shell);
}

/** Options before the first argument that is not one; undefined: there is one that is not allowed. */
function split(args: readonly string[], allowed: RegExp) {
  const first = args.findIndex((each) => !each.startsWith("-"));
  const options = first < 0 ? args : args.slice(0, first);
  if (options.some((each) => !allowed.test(each))) return undefined;
  return { options: options.join(""), rest: first < 0 ? [] : args.slice(first) };
}

function setenv({ environment, print, shell }: Machine, args: readonly string[]) {
  const given = split(args, /^-f*$/);
  if (args.length === 0 || !given) return "usage";
  const [name, ...values] = given.rest;
  if (name === undefined) return 0;
  if (name.includes("=")) {
    const gap = shell.since("2024.04") ? " " : "";
    print(`## Error: illegal character '='${gap}in variable name "${name}"\n`);
    return 1;
  }
  const value = values.length > 0 ? values.join(" ") : undefined;
  const refusal = environment.change(name, value, given.options.includes("f"));
  if (refusal) print(refusal);
  return refusal ? 1 : 0;
}

function remove({ environment, print }: Machine, args: readonly string[]) {
  const given = split(args, /^-f*$/);
  if (!given) return "usage";
  let status = 0;
  for (const name of given.rest) {
    const missing = environment.get(name) === undefined;
    const refusal = environment.change(name, undefined, given.options.includes("f"));
    if (refusal) print(refusal);
    if (missing || refusal) status = 1;
  }
  return status;
}

/** Back to what is built in, which is as much of it as the catalogue knows. */
function reset(machine: Machine, args: readonly string[]) {
  const { environment, print, board, shell } = machine;
  const given = split(args, /^-[afk]+$/);
  if (!given) return "usage";
  const built = defaultEnvironment(board);
  const force = given.options.includes("f");
  if (given.options.includes("a")) {
    if (given.rest.length > 0) return "usage";
    print("## Resetting to default environment\n");
    // The whole table goes before the built-in one comes: nothing is protected.
    if (!given.options.includes("k")) {
      for (const [name] of [...environment.entries()]) environment.delete(name);
    }
    for (const [name, value] of Object.entries(built)) environment.change(name, value, force);
    return 0;
  }
  if (given.rest.length === 0) return "usage";
  for (const name of given.rest) {
    if (built[name] === undefined) continue;
    const refusal = environment.change(name, built[name], force);
    if (refusal) print(refusal);
  }
  // Before, what is not built in stays as it is.
  if (shell.since("2025.01")) {
    forget(
      machine,
      [...new Set(given.rest)].filter((name) => built[name] === undefined),
    );
  }
  return 0;
}

/** `grep [-n|-v|-b] text…`: variables with it in their name, value or either. */
function grep(machine: Machine, args: readonly string[]): ReturnType<Run> {
  const given = split(args, /^-[bnv]*$/);
  const regex = args.some((each) => /^-\w*e/.test(each));
  if (!machine.board.commands.has("env grep") || regex) return unknown(machine, "env grep");
  if (args.length === 0 || !given) return "usage";
  const how = /[bnv]$/.exec(given.options)?.[0] ?? "b";
  const found = [...machine.environment.entries()]
    .filter(([name, value]) =>
      given.rest.some(
        (text) => (how !== "v" && name.includes(text)) || (how !== "n" && value.includes(text)),
      ),
    )
    .sort(([a], [b]) => (a < b ? -1 : 1));
  machine.print(found.map(([name, value]) => `${name}=${escaped(value, "\n")}\n`).join(""));
  return found.length > 0 ? 0 : 1;
}

/** The text of a place to save to is the board's own, and not in the catalogue. */
function saveenv({ print, wait }: Machine): number {
  wait(100);
  print("Saving Environment to storage... OK\n");
  return 0;
}
