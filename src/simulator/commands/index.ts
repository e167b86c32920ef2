// All commands of the virtual board, by family. Which of them a board has is the catalogue's matter.

import { commandState, releaseHas } from "../../boards/index.js";
import {
  builtins,
  type Commands,
  itestCommand,
  type Run,
  type ShellCommand,
  setexprCommand,
  testCommand,
} from "../../hush/index.js";
import { bootCommands } from "../boot/index.js";
import { fdtCommands } from "../fdt/index.js";
import type { Family, Machine } from "../machine.js";
import { unknownCommand } from "../unknown-command.js";
import { checksumCommands } from "./checksums.js";
import { deviceCommands } from "./devices.js";
import { environmentCommands, runOf } from "./environment.js";
import { hardwareCommands } from "./hardware.js";
import { imageCommands } from "./iminfo.js";
import { lwipCommands } from "./lwip.js";
import { memoryCommands } from "./memory.js";
import { networkCommands } from "./network.js";
import { programCommands } from "./programs.js";
import { pxeCommands } from "./pxe.js";
import { searchCommands } from "./search.js";
import { sourceCommands } from "./source.js";
import { fileExists, storageCommands } from "./storage.js";
import { systemCommands } from "./system.js";
import { tellingCommands } from "./telling.js";
import { writingCommands } from "./writing.js";

const families: readonly Family[] = [
  bootCommands,
  checksumCommands,
  deviceCommands,
  environmentCommands,
  fdtCommands,
  hardwareCommands,
  imageCommands,
  lwipCommands,
  memoryCommands,
  networkCommands,
  programCommands,
  pxeCommands,
  searchCommands,
  sourceCommands,
  storageCommands,
  systemCommands,
  tellingCommands,
  writingCommands,
];

/** What a script can call on this board. */
export function commandsOf(machine: Machine): Commands {
  const known: Commands = {
    ...builtins,
    test: (args, shell) =>
      testCommand(args, shell, (kind, spec, name) => fileExists(machine, kind, spec, name)),
    itest: itestCommand({ memory: wordsOf(machine) }),
    setexpr: setexprCommand({ memory: wordsOf(machine), format: true }),
    ...Object.fromEntries(families.flatMap((family) => Object.entries(family(machine)))),
  };
  const missing = [...machine.board.commands].filter(
    (name) => !/ /.test(name) && !known[name] && releaseHas(machine.release, name),
  );
  const all: Commands = {
    ...Object.fromEntries(
      Object.entries(known).filter(
        ([name]) =>
          commandState(machine.board, comesWith.get(name) ?? name) !== "disabled" &&
          releaseHas(machine.release, name),
      ),
    ),
    ...Object.fromEntries(missing.map((name) => [name, unknownCommand(machine, name)])),
  };
  return { ...all, ...assumedOf(machine, all) };
}

/** Commands that are built in together with another. What is not there is not abbreviated either. */
const comesWith: ReadonlyMap<string, string> = new Map([["mmcinfo", "mmc"]]);

/** The commands some forms of which end as the world says, whatever they do. */
function assumedOf(machine: Machine, all: Commands): Commands {
  // Of two that fit the longer one counts.
  const assumed = [...(machine.world.assumed ?? [])].sort(([a], [b]) => b.length - a.length);
  const names = new Set(assumed.map(([words]) => words.split(/[ .]/, 1)[0] as string));
  const commandFor = (name: string): ShellCommand => {
    const other = all[name] ?? unknownCommand(machine, name);
    const run: Run = (args, shell, called) => {
      const suffix = /\..*$/.exec(called)?.[0] ?? "";
      const said = [`${name}${suffix}`, name].map((each) => `${[each, ...args].join(" ")} `);
      const found = assumed.find(([words]) => said.some((each) => each.startsWith(`${words} `)));
      return found?.[1] ?? runOf(other)(args, shell, called);
    };
    return typeof other === "object" ? { ...other, run } : run;
  };
  return Object.fromEntries([...names].map((name) => [name, commandFor(name)]));
}

/** The bytes that `*address` reads; of numbers that nobody wrote it is kept that they are a guess. */
const wordsOf = ({ memory, guessed }: Machine) => ({
  read(address: number, length: number) {
    const { content, unwritten } = memory.read(address, length);
    if (unwritten > 0 && length <= 8 && guessed.size < MOST_GUESSED) guessed.add(address);
    return content.read(0, length);
  },
});

/** More addresses than this tell nobody anything. */
const MOST_GUESSED = 100;
