// Commands that change nothing and print what only the board itself knows: the console shows that
// they did. Whether they succeed is known. Governed by cmd/bdinfo.c, cmd/help.c and their like.
import type { Run, ShellCommand } from "../../hush/index.js";
import type { Family, Machine } from "../machine.js";
import { unknown } from "../unknown-command.js";
import { deviceAt } from "./partitions.js";

/** Prints where the words of the board would stand. */
export function told({ print }: Pick<Machine, "print">, ...words: readonly string[]): number {
  print(`[${words.join(" ")}: the board's own words]\n`);
  return 0;
}

const teller =
  (machine: Machine, name: string): ShellCommand =>
  (args) =>
    told(machine, name, ...args);

/** `bdinfo`, `help`, `mmcinfo` and others. */
export const tellingCommands: Family = (machine) => ({
  bdinfo: { run: () => told(machine, "bdinfo"), maxargs: 1 },
  coninfo: teller(machine, "coninfo"),
  fstypes: { run: () => told(machine, "fstypes"), maxargs: 1 },
  help: teller(machine, "help"),
  "?": teller(machine, "help"),
  meminfo: { run: () => told(machine, "meminfo"), maxargs: 1 },
  pci: (args) => pci(machine, args),
  mmcinfo: { run: () => cardInfo(machine), maxargs: 1 },
});

/** Looking for devices on the bus finds what the world has anyway. */
function pci(machine: Machine, [verb]: readonly string[]): ReturnType<Run> {
  if (verb === undefined) return told(machine, "pci");
  return verb === "enum" ? 0 : unknown(machine, "pci", verb);
}

function cardInfo(machine: Machine): ReturnType<Run> {
  const number = machine.chosen.get("mmc") ?? 0;
  if (deviceAt(machine, "mmc", number)) return told(machine, "mmcinfo");
  machine.print(`MMC Device ${number} not found\nno mmc device at slot ${number}\n`);
  return 1;
}
