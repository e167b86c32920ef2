#!/usr/bin/env node
// The command line: one file per command, gathered here.
import { Command, CommanderError } from "commander";
import { ReadError } from "../files/index.js";
import { boardsCommand } from "./boards.js";
import { buildCommand } from "./build.js";
import { checkCommand } from "./check.js";
import { explainCommand } from "./explain.js";
import { finish } from "./finish.js";
import { inspectCommand } from "./inspect.js";
import { mkimageCommand } from "./mkimage.js";
import { version } from "./version.js";

/** Exit code of a command line that was not understood. */
const USAGE = 2;

const program = new Command("ubootc")
  .description("a compiler for U-Boot boot flows")
  .version(version())
  // So that -V behind a command is that command's.
  .enablePositionalOptions()
  .exitOverride();

for (const command of [
  buildCommand(),
  checkCommand(),
  explainCommand(),
  boardsCommand(),
  inspectCommand(),
  mkimageCommand(),
]) {
  program.addCommand(command.copyInheritedSettings(program));
}

// A reader that has seen enough, as `head` has, is no failure.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
}

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : USAGE;
  else if (error instanceof ReadError) finish(program.args[0] ?? "", [error.message]);
  else throw error;
}
