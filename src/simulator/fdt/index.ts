// The command fdt: a device tree in memory, read and changed before a kernel gets it. Left out, and
// an ending of their own: checksign and systemsetup.
// Governed by cmd/fdt.c and boot/fdt_support.c.
import type { Commands } from "../../hush/index.js";
import type { Machine } from "../machine.js";
import { hexadecimal } from "../numbers.js";
import { unknown } from "../unknown-command.js";
import { apply, chosen, makeNode, remove, setMemory, setProperty } from "./change.js";
import { move, setAddress } from "./move.js";
import { getValue, header, show } from "./read.js";
import { reserveMemory } from "./reservations.js";
import { shrink } from "./shrink.js";
import { editorOf, type Status, store, withTree, withTreeAt } from "./working.js";

type SubCommand = (machine: Machine, args: readonly string[]) => Status;

/** `fdt`, for one machine. */
export function fdtCommands(machine: Machine): Commands {
  return {
    fdt: ([name = "", ...args]) => {
      if (name === "") return "usage";
      const [found] = subCommands.find(([, least]) => name.startsWith(least)) ?? [];
      const before = found ?? (() => "usage");
      // All but the first ones ask for a tree before they look at anything else.
      const first = found === setAddress || (found === move && machine.shell.since("2023.04"));
      return first ? before(machine, args) : withTreeAt(machine, () => before(machine, args));
    },
  };
}

const notSimulated =
  (name: string): SubCommand =>
  (machine) =>
    unknown(machine, "fdt", name);

/** By the letters that U-Boot looks at, in its order. */
const subCommands: readonly (readonly [SubCommand, string])[] = [
  [setAddress, "ad"],
  [move, "mo"],
  [notSimulated("systemsetup"), "sys"],
  [makeNode, "mk"],
  [setProperty, "se"],
  [getValue, "g"],
  [(machine, args) => show(machine, args, Number.POSITIVE_INFINITY), "p"],
  [(machine, args) => show(machine, args, 1), "l"],
  [remove, "rm"],
  [(machine, args) => withTree(machine, (tree) => header(machine, tree, args)), "h"],
  [setBootCpu, "boo"],
  [setMemory, "me"],
  [reserveMemory, "rs"],
  [() => 0, "boa"],
  [chosen, "cho"],
  [notSimulated("checksign"), "che"],
  [apply, "ap"],
  [(machine, [extra = "0"]) => shrink(machine, hexadecimal(extra)), "re"],
];

function setBootCpu(machine: Machine, [number, ...more]: readonly string[]): Status {
  if (number === undefined || more.length > 0) return "usage";
  return withTree(machine, (working) => {
    const bootCpu = hexadecimal(number) >>> 0;
    const changed = { ...working, tree: { ...working.tree, bootCpu } };
    store(machine, changed, editorOf(changed));
    return 0;
  });
}
