// `fdt resize`: a tree becomes as large as it needs to be, with a little room. Governed by
// fdt_shrink_to_minimum in boot/fdt_support.c.
import type { Machine } from "../machine.js";
import { editorOf, type Status, store, withTree } from "./working.js";

const PAGE = 0x1000;
/** What it leaves for reservations: the tree itself, and an initrd, bytes. */
const SPARE = 5 * 16;

/** The size becomes what the tree needs, up to the end of a page; before it is rounded `extra` is added. */
export function shrink(machine: Machine, extra = 0): Status {
  return withTree(machine, (working) => {
    const needed = editorOf(working).size + SPARE + extra;
    const offset = working.at % PAGE;
    const totalSize = Math.ceil((needed + offset) / PAGE) * PAGE - offset;
    store(machine, { ...working, totalSize }, editorOf({ ...working, totalSize }));
    return 0;
  });
}
