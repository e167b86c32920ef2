// Which tree `fdt` works on: `fdt addr` names one, `fdt move` copies it and goes with the copy.
import { readFdtHeader } from "../../image/index.js";
import type { Machine } from "../machine.js";
import { hex, hexadecimal } from "../numbers.js";
import { editorOf, type Status, store, treeAt } from "./working.js";

const BAD = "libfdt fdt_check_header(): FDT_ERR_BADMAGIC\n";

/** `addr [-c] [-q] [addr [length]]`; `-c` is for U-Boot's own tree. */
export function setAddress(machine: Machine, args: readonly string[]): Status {
  const first = args.findIndex((each) => !/^-./.test(each));
  const options = first < 0 ? args : args.slice(0, first);
  const [text, size] = first < 0 ? [] : args.slice(first);
  const since = machine.shell.since("2022.07");
  if (options.some((each) => !(since ? /^-[cq]*$/ : /^-c$/).test(each))) return "usage";
  const letters = options.join("");
  const [own, quiet] = [letters.includes("c"), letters.includes("q")];
  if (text === undefined) return showAddress(machine, own);
  const at = hexadecimal(text);
  if (!readFdtHeader(machine.memory.read(at, 64).content)) {
    if (!quiet) machine.print(BAD);
    return 1;
  }
  if (own) machine.controlTree = at;
  else work(machine, at, quiet && machine.shell.since("2023.07"));
  return size === undefined ? 0 : stretch(machine, at, hexadecimal(size));
}

function showAddress({ print, workingTree, controlTree }: Machine, own: boolean): Status {
  const at = own ? controlTree : workingTree;
  if (at) print(`${own ? "Control" : "Working"} fdt: ${hex(at, 8)}\n`);
  return at ? 0 : 1;
}

function work(machine: Machine, at: number, quiet = false): void {
  machine.workingTree = at;
  if (!quiet && machine.shell.since("2022.10")) machine.print(`Working FDT set to ${hex(at)}\n`);
  machine.environment.set("fdtaddr", hex(at));
}

function stretch(machine: Machine, at: number, totalSize: number): Status {
  const tree = treeAt(machine, at);
  if (!tree) return 1;
  if (totalSize < tree.totalSize) {
    machine.print(`New length ${totalSize} < existing length ${tree.totalSize}, ignoring\n`);
    return 0;
  }
  store(machine, { ...tree, totalSize }, editorOf({ ...tree, totalSize }));
  return 0;
}

/** `move from to [length]`. */
export function move(machine: Machine, [from, to, length]: readonly string[]): Status {
  if (from === undefined || to === undefined) return "usage";
  const [source, target] = [hexadecimal(from), hexadecimal(to)];
  const header = readFdtHeader(machine.memory.read(source, 64).content);
  if (!header) {
    machine.print(BAD);
    machine.workingTree = undefined;
    return 1;
  }
  const size = length === undefined ? header.totalSize : hexadecimal(length);
  if (size < header.totalSize) {
    const [asked, there] = [size, header.totalSize].map((each) => hex(each).toUpperCase());
    machine.print(`New length 0x${asked} < existing length 0x${there}, aborting.\n`);
    return 1;
  }
  machine.memory.move(source, target, header.totalSize);
  work(machine, target);
  return size > header.totalSize ? stretch(machine, target, size) : 0;
}
