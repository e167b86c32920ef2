// What bootm and its like are told: a kernel, a ramdisk and a tree, each an address, an image of a
// FIT (`addr:name`) or a configuration (`addr#name`). Governed by fit_parse_conf and
// fit_parse_subimage in boot/image-fit.c.
import { hexadecimal } from "../numbers.js";

/** A place in memory, and which part of what is there. */
export interface Reference {
  readonly address: number;
  readonly image?: string;
  readonly configuration?: string;
  /** As it was written. */
  readonly text: string;
}

/** Reads one argument; without an address before the mark it is `otherwise`. */
export function referenceOf(text: string, otherwise: number): Reference {
  const mark = /[#:]/.exec(text);
  if (!mark) return { address: hexadecimal(text), text };
  const before = text.slice(0, mark.index);
  const address = before === "" ? otherwise : hexadecimal(before);
  const name = text.slice(mark.index + 1);
  return mark[0] === "#" ? { address, configuration: name, text } : { address, image: name, text };
}
