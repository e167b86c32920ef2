// The command fdt: a device tree in memory, read and changed before a kernel gets it. Left out, and
// an ending of their own: -c, move, bootcpu, checksign, rsvmem, and what is got of the header.
// Governed by cmd/fdt.c and boot/fdt_support.c.
import type { Commands } from "../../hush/index.js";
import { FdtEditor, readFdtHeader } from "../../image/index.js";
import type { Machine } from "../machine.js";
import { hex, hexadecimal } from "../numbers.js";
import { apply, chosen, makeNode, remove, setMemory, setProperty } from "./change.js";
import { getValue, printHeader, show } from "./read.js";
import { editorOf, type Status, store, treeAt, withTree } from "./working.js";

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
      return unknown(machine, name);
    },
  };
}

/** A form that is not simulated: what follows is unknown. */
function unknown(machine: Machine, form: string): Status {
  machine.end({ kind: "unknown-command", name: `fdt ${form}` });
  return 1;
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
  header: (machine, args) =>
    args.length > 0
      ? unknown(machine, "header get")
      : withTree(machine, (tree) => printHeader(machine, tree)),
  list: (machine, args) => show(machine, args, 1),
  memory: setMemory,
  mknode: makeNode,
  print: (machine, args) => show(machine, args, Number.POSITIVE_INFINITY),
  resize,
  rm: remove,
  set: setProperty,
};

function setAddress(machine: Machine, args: readonly string[]): Status {
  const quiet = args[0] === "-q" && machine.shell.since("2022.07");
  const [text, size] = quiet ? args.slice(1) : args;
  if (text === "-c") {
    return unknown(machine, "addr -c");
  }
  if (text === undefined) {
    if (!machine.workingTree) {
      if (!quiet) machine.print("libfdt fdt_check_header(): FDT_ERR_BADMAGIC\n");
      return 1;
    }
    machine.print(`Working fdt: ${hex(machine.workingTree, 8)}\n`);
    return 0;
  }
  const at = hexadecimal(text);
  const header = readFdtHeader(machine.memory.read(at, 64).content);
  if (!header) {
    if (!quiet) machine.print("libfdt fdt_check_header(): FDT_ERR_BADMAGIC\n");
    return 1;
  }
  machine.workingTree = at;
  if (machine.shell.since("2022.10")) machine.print(`Working FDT set to ${hex(at)}\n`);
  machine.environment.set("fdtaddr", hex(at));
  if (size === undefined) return 0;
  const working = treeAt(machine, at);
  if (!working) return 1;
  const room = hexadecimal(size);
  if (room < working.totalSize) {
    machine.print(`New length ${room} < existing length ${working.totalSize}, ignoring\n`);
    return 0;
  }
  store(machine, { ...working, totalSize: room }, editorOf({ ...working, totalSize: room }));
  return 0;
}

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
