// A file that is not what it is declared to be: a device tree as a kernel, a script as an initrd.
import { finding } from "../../diagnostics/index.js";
import { types } from "../../image/index.js";
import type { FileFault, Given } from "../given.js";
import { article } from "../inside.js";

export const wrongKind: FileFault = (given) => {
  const found = mismatch(given);
  const { kind, name, file } = given;
  return found === undefined ? undefined : finding("wrong-kind", { kind, name, file, found });
};

/** The types of a uImage that are taken for a provision of a kind. */
const typesFor: Readonly<Record<Given["kind"], readonly string[]>> = {
  kernel: ["kernel", "kernel_noload", "multi", "standalone"],
  initrd: ["ramdisk", "multi"],
  dtb: ["flat_dt"],
  overlay: ["flat_dt"],
  file: [],
  fit: [],
};

/** What the file is instead, in words; undefined when it can be what it is declared. */
function mismatch({ kind, inside: { outer, header, inner, seen } }: Given): string | undefined {
  if (kind === "file") return undefined;
  if (header) {
    const type = types.byId(header.type);
    return type && !typesFor[kind].includes(type.name) ? `a uImage of a ${type.name}` : undefined;
  }
  if (kind === "dtb" || kind === "overlay") {
    return outer.kind === "fdt" && !outer.fit ? undefined : article(outer);
  }
  const wrong =
    kind === "kernel"
      ? inner.kind === "fdt" || inner.kind === "cpio"
      : !["cpio", "compressed", "uimage", "unknown"].includes(inner.kind);
  return seen && wrong ? article(inner) : undefined;
}
