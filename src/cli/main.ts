#!/usr/bin/env node
// The command line: one file per command, read when that command is asked for.
import { Command, CommanderError } from "commander";
import { oneLine } from "../ground/index.js";

import { version } from "./version.js";

/** Exit code of a command line that was not understood. */
const USAGE = 2;

/** Every command, in the order of the help. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  build: async () => (await import("./build.js")).buildCommand(),
  serve: async () => (await import("./serve.js")).serveCommand(),
  check: async () => (await import("./check.js")).checkCommand(),
  simulate: async () => (await import("./simulate/simulate.js")).simulateCommand(),
  test: async () => (await import("./test.js")).testCommand(),
  map: async () => (await import("./map.js")).mapCommand(),
  graph: async () => (await import("./graph.js")).graphCommand(),
  boards: async () => (await import("./boards.js")).boardsCommand(),
  explain: async () => (await import("./explain.js")).explainCommand(),
  import: async () => (await import("./import.js")).importCommand(),
  inspect: async () => (await import("./inspect/inspect.js")).inspectCommand(),
  "import-image": async () => (await import("./import-image.js")).importImageCommand(),
  keys: async () => (await import("./keys/keys.js")).keysCommand(),
  mkimage: async () => (await import("./mkimage/mkimage.js")).mkimageCommand(),
};

const program = new Command("ubootc")
  .description("a compiler for U-Boot boot flows")
  .version(version())
  // So that -V after a command is that command's.
  .enablePositionalOptions()
  .configureOutput({
    writeErr: (text) => process.stderr.write(text.split("\n").map(oneLine).join("\n")),
  })
  .exitOverride();

// What all of them need to start costs more than most of them take; the help knows all of them.
const asked = new Map(Object.entries(commands)).get(process.argv[2] ?? "");
for (const load of asked ? [asked] : Object.values(commands)) {
  program.addCommand((await load()).copyInheritedSettings(program));
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
  const { ReadError } = await import("../files/index.js");
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : USAGE;
  else if (error instanceof ReadError) {
    const { finish } = await import("./finish.js");
    finish(program.args[0] ?? "", [error.message]);
  } else throw error;
}
