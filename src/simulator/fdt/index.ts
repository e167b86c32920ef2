// The command fdt: a device tree in memory, read and changed before a kernel gets it. Left out, and
// an ending of their own: bootcpu, checksign and rsvmem.
// Governed by cmd/fdt.c and boot/fdt_support.c.
import type { Commands } from "../../hush/index.js";
import { FdtEditor } from "../../image/index.js";
import type { Machine } from "../machine.js";
import { hexadecimal } from "../numbers.js";
import { unknown } from "../unknown-command.js";
import { apply, chosen, makeNode, remove, setMemory, setProperty } from "./change.js";
import { move, setAddress } from "./move.js";
import { getValue, header, show } from "./read.js";
import { editorOf, type Status, store, withTree } from "./working.js";

type SubCommand = (machine: Machine, args: readonly string[]) => Status;

const PAGE = 0x1000;
/** What `fdt resize` leaves for one more reservation, bytes. */
const SPARE_RESERVATION = 16;

/** `fdt`, for one machine. */
export function fdtCommands(machine: Machine): Commands {
  return {
    fdt: ([name = "", ...args]) => {
      if (name === "") return "usage";
      const found = subCommands[name] ?? subCommands[shortened(name)];
      if (found) return found(machine, args);
      return unknown(machine, "fdt", name);
    },
  };
}

/** U-Boot looks at the first letters only. */
function shortened(name: string): string {
  const short = ["addr", "apply", "print", "list", "resize", "mknode", "rm"];
  const least: Readonly<Record<string, number>> = {
    addr: 1,
    apply: 2,
    resize: 2,
    mknode: 2,
    rm: 1,
  };
  return short.find((full) => full.startsWith(name) && name.length >= (least[full] ?? 1)) ?? "";
}

const subCommands: Readonly<Record<string, SubCommand>> = {
  addr: setAddress,
  apply,
  boardsetup: () => 0,
  chosen,
  get: getValue,
  header: (machine, args) => withTree(machine, (tree) => header(machine, tree, args)),
  list: (machine, args) => show(machine, args, 1),
  memory: setMemory,
  mknode: makeNode,
  move,
  print: (machine, args) => show(machine, args, Number.POSITIVE_INFINITY),
  resize,
  rm: remove,
  set: setProperty,
};

function resize(machine: Machine, [extra]: readonly string[]): Status {
  return withTree(machine, (working) => {
    const packed = new FdtEditor(working.tree, 0).size + SPARE_RESERVATION;
    const offset = working.at % PAGE;
    const pages = Math.ceil((packed + offset) / PAGE) * PAGE - offset;
    const totalSize = pages + hexadecimal(extra ?? "0");
    store(machine, { ...working, totalSize }, editorOf({ ...working, totalSize }));
    return 0;
  });
}
