// A kernel's uImage whose header says another compression than its data have. U-Boot believes the
// header. On an initrd it does not look at it.
import { finding } from "../../diagnostics/index.js";
import type { FileFault } from "../given.js";
import { declaredCompression } from "../inside.js";

export const compressionMismatch: FileFault = ({ kind, name, file, inside }) => {
  const { header, compression: found } = inside;
  if (kind !== "kernel" || !header) return undefined;
  const declared = declaredCompression(header);
  if (declared === found) return undefined;
  return finding("compression-mismatch", { name, file, declared, found });
};
