// ubootc/hush: U-Boot's shell, without Node's API. A script can be written (print), read with all its
// positions (parse), and run (run) as the old or the modern parser does.
export { builtins } from "./builtins.js";
export type { DataOptions, WordMemory } from "./data.js";
export { itestCommand } from "./itest-command.js";
export { compareNumbers, isTestNumber, type NumericOperator } from "./number.js";
export * from "./parse.js";
export * from "./print.js";
export { createShell, type Ran, run } from "./run.js";
export { type SetexprOptions, setexprCommand } from "./setexpr-command.js";
export type {
  Command as ShellCommand,
  Commands,
  Console,
  DescribedCommand,
  Environment,
  Limits,
  Observer,
  Outcome,
  Run,
  Running,
  Shell,
  ShellOptions,
} from "./shell.js";
export * from "./syntax.js";
export { type FileExists, test as testCommand } from "./test-command.js";
export type * from "./tree.js";
