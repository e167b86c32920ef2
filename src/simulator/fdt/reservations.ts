// The memory that a tree reserves: `fdt rsvmem`, and what `fdt chosen` adds for an initrd. Governed by
// cmd/fdt.c and fdt_initrd in boot/fdt_support.c.
import type { Machine } from "../machine.js";
import { hex, hexadecimal, long } from "../numbers.js";
import { editorOf, type Status, store, type Working, withTree } from "./working.js";

/** The bytes of a reservation in a tree. */
const ENTRY = 16;

/** `working` with another list of reservations; undefined: there is no room for it. */
function withReservations(
  working: Working,
  reservations: Working["tree"]["reservations"],
): Working | undefined {
  const changed = { ...working, tree: { ...working.tree, reservations } };
  return editorOf(changed).size <= working.totalSize ? changed : undefined;
}

/** `working` with `size` bytes from `address` reserved, instead of what was reserved from there. */
export function reserved(working: Working, address: bigint, size: bigint): Working | undefined {
  const others = [...working.tree.reservations];
  const old = others.findIndex((each) => each.address === address);
  if (old >= 0) others.splice(old, 1);
  return withReservations(working, [...others, { address, size }]);
}

/** `rsvmem print`, `rsvmem add start size`, `rsvmem delete index`; the first letter counts. */
export function reserveMemory(machine: Machine, [verb = "", ...args]: readonly string[]): Status {
  return withTree(machine, (working) => {
    const { reservations } = working.tree;
    const [first, second] = args;
    switch (verb[0]) {
      case "p":
        machine.print(listed(reservations));
        return 0;
      case "a": {
        if (first === undefined || second === undefined) return nothingGiven(machine);
        const entry = { address: long(first), size: long(second) };
        const changed = withReservations(working, [...reservations, entry]);
        return keep(machine, changed, "add", "NOSPACE");
      }
      case "d": {
        if (first === undefined) return nothingGiven(machine);
        const index = hexadecimal(first);
        const rest = reservations.filter((_, at) => at !== index);
        const found = index < reservations.length;
        return keep(
          machine,
          found ? withReservations(working, rest) : undefined,
          "del",
          "NOTFOUND",
        );
      }
      default:
        return "usage";
    }
  });
}

/** U-Boot reads a word that is not there. */
function nothingGiven({ end }: Machine): Status {
  end({ kind: "undefined", why: "fdt rsvmem reads an argument that is not there" });
  return 1;
}

function listed(reservations: Working["tree"]["reservations"]): string {
  const rows = reservations.map(({ address, size }, index) => {
    const [start, length] = [address, size].map((each) => each.toString(16).padStart(ENTRY, "0"));
    return `    ${hex(index)}\t${start}\t${length}\n`;
  });
  return `index\t\t   start\t\t    size\n${"-".repeat(48)}\n${rows.join("")}`;
}

function keep(
  machine: Machine,
  changed: Working | undefined,
  what: "add" | "del",
  reason: string,
): Status {
  if (changed) {
    store(machine, changed, editorOf(changed));
    return 0;
  }
  const mended = machine.shell.since("2023.04");
  machine.print(`libfdt fdt_${what}_mem_rsv():${mended ? "" : " "} FDT_ERR_${reason}\n`);
  // Before, the error of libfdt is the status; -1 is the one that asks for the usage.
  return !mended && reason === "NOTFOUND" ? "usage" : 1;
}
