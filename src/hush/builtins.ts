// The commands that are the shell's own business. `source` is not among them: its text comes from
// memory, so that it is for whoever has memory; `setenv` knows no types of variables.
import type { Commands, Run, Shell } from "./shell.js";
import { bracket, test } from "./test-command.js";

const echo: Run = (args, shell) => {
  const staysOnLine = args[0] === "-n";
  shell.write((staysOnLine ? args.slice(1) : args).join(" ") + (staysOnLine ? "" : "\n"));
  return 0;
};

/** Before 2023.04 it ends nothing; since then a status below -1 does. */
const exit: Run = ([asked = ""], shell) => {
  const [digits = "", hex] = /^(?:0[xX]([0-9a-fA-F]+)|\d+)/.exec(asked) ?? [];
  const status = Number.parseInt(hex ?? (digits || "0"), hex ? 16 : 10) | 0;
  return shell.since("2023.04") || shell.dialect === "modern" ? (-status - 2) | 0 : status;
};

const run: Run = (names, shell) => {
  if (names.length === 0) return "usage";
  for (const name of names) {
    const text = shell.environment.get(name);
    if (text === undefined) {
      shell.write(`## Error: "${name}" not defined\n`);
      return 1;
    }
    const status = shell.run(text, name);
    if (status !== 0 || shell.outcome) return shell.since("2023.04") ? status : 1;
  }
  return 0;
};

const setenv: Run = (args, shell) => {
  const first = args.findIndex((each) => !each.startsWith("-"));
  const options = first < 0 ? args : args.slice(0, first);
  if (args.length === 0 || options.some((each) => !/^-f*$/.test(each))) return "usage";
  if (first < 0) return 0;
  const [name = "", ...values] = args.slice(first);
  const isForced = options.some((each) => each.includes("f"));
  const value = values.length === 0 ? undefined : values.join(" ");
  return shell.setVariable(name, value, isForced) ? 0 : 1;
};

const printenv: Run = (args, shell) => {
  const names = args[0] === "-a" ? args.slice(1) : args;
  if (names.length === 0) return printAll(shell, args[0] === "-a");
  let missing = 0;
  for (const name of names) {
    const value = shell.environment.get(name);
    if (value === undefined) missing += 1;
    shell.write(value === undefined ? `## Error: "${name}" not defined\n` : `${name}=${value}\n`);
  }
  return missing;
};

/** All variables, the hidden ones with `-a`. */
function printAll(shell: Shell, hidden: boolean): number {
  const { environment } = shell;
  const lines = [...environment.entries()]
    .filter(([name]) => hidden || !name.startsWith("."))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value.replace(/[\n\\]/g, (each) => `\\${each}`)}\n`);
  const text = lines.join("");
  const size = new TextEncoder().encode(text).length + 1;
  shell.write(`${text}\nEnvironment size: ${size}/${environment.size ?? 0x3fffc} bytes\n`);
  return 0;
}

/** `[ echo exit false printenv run setenv test true`. */
export const builtins: Commands = {
  "[": {
    run: (args, shell) => bracket(args, shell),
    since: "2026.07",
    summary: "alias for 'test'",
    usage: " <test expression> ]",
  },
  echo: {
    run: echo,
    summary: "echo args to console",
    usage: "[-n] [args..]\n    - echo args to console; -n suppresses newline",
  },
  exit: { run: exit, maxargs: 2, summary: "exit script", usage: "" },
  false: { run: () => 1, summary: "do nothing, unsuccessfully" },
  printenv: { run: printenv, summary: "print environment variables", usage: "[-a]" },
  run: { run, summary: "run commands in an environment variable", usage: "var [...]" },
  setenv: { run: setenv, summary: "set environment variables", usage: "[-f] name value ..." },
  test: {
    run: (args, shell) => test(args, shell),
    summary: "minimal test like /bin/sh",
    usage: "[args..]",
  },
  true: { run: () => 0, summary: "do nothing, successfully" },
};
