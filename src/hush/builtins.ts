// The commands that are the shell's own business. `source` is not among them: its text comes from
// memory, so that it is for whoever has memory; `setenv` knows no types of variables.
import type { Commands, Run, Shell } from "./shell.js";
import { test } from "./test-command.js";

const echo: Run = (args, shell) => {
  const staysOnLine = args[0] === "-n";
  shell.write((staysOnLine ? args.slice(1) : args).join(" ") + (staysOnLine ? "" : "\n"));
  return 0;
};

/** Before 2023.04 it ends nothing; since then a status below -1 does. */
const exit: Run = ([asked = ""], shell) => {
  const status = Number.parseInt(/^\d*/.exec(asked)?.[0] || "0", 10) | 0;
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
  if (name.includes("=")) {
    shell.write(`## Error: illegal character '=' in variable name "${name}"\n`);
    return 1;
  }
  if (values.length === 0) shell.environment.delete(name);
  else shell.environment.set(name, values.join(" "));
  return 0;
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

/** All variables, the hidden ones with `-a`. The size of the environment is not known here. */
function printAll(shell: Shell, hidden: boolean): number {
  const lines = [...shell.environment.entries()]
    .filter(([name]) => hidden || !name.startsWith("."))
    .map(([name, value]) => `${name}=${value}\n`);
  shell.write(lines.sort().join(""));
  return 0;
}

/** `echo exit false printenv run setenv test true`. */
export const builtins: Commands = {
  echo,
  exit: { run: exit, maxargs: 2 },
  false: () => 1,
  printenv,
  run,
  setenv,
  test: (args, shell) => test(args, shell),
  true: () => 0,
};
