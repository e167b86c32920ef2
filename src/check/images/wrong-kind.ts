// A file that is not what it is declared to be: a device tree as a kernel, a script as an initrd.
import { diagnose } from "../../diagnostics/index.js";
import { types } from "../../image/index.js";
import type { Provision } from "../../program/index.js";
import type { FlowCheck } from "../checks.js";
import { article, type Inside, insideOf } from "./payloads.js";

export const wrongKind: FlowCheck = ({ program }, report) => {
  for (const provision of program.provisions.values()) {
    const inside = insideOf(provision);
    const found = inside && mismatch(provision, inside);
    if (!found || !provision.input) continue;
    const { kind, name, input } = provision;
    report(diagnose("wrong-kind", { kind, name, file: input.name, found }, input.span));
  }
};

/** The types of a uImage that are taken for a provision of a kind. */
const typesFor: Readonly<Record<Provision["kind"], readonly string[]>> = {
  kernel: ["kernel", "kernel_noload", "multi", "standalone"],
  initrd: ["ramdisk", "multi"],
  dtb: ["flat_dt"],
  overlay: ["flat_dt"],
  file: [],
  fit: [],
};

/** What the file is instead, in words; undefined when it can be what it is declared. */
function mismatch({ kind }: Provision, { outer, header, inner, seen }: Inside) {
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
