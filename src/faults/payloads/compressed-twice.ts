// A compression inside a compression: U-Boot, and Linux with an initrd, undo one.
import { finding } from "../../diagnostics/index.js";
import type { FileFault } from "../given.js";

export const compressedTwice: FileFault = ({ kind, name, file, inside, packed: own }) => {
  if (inside.inner.kind !== "compressed" || inside.compression === "none") return undefined;
  if (kind !== "kernel" && kind !== "initrd") return undefined;
  const inner = inside.inner.compression;
  return finding("compressed-twice", { name, file, outer: inside.compression, inner, own });
};
