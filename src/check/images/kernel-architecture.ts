// A kernel for another architecture. Sources: image_check_target_arch in include/image.h of U-Boot,
// cmd/booti.c, cmd/bootz.c.
import type { Board } from "../../boards/index.js";
import { diagnose } from "../../diagnostics/index.js";
import type { Provision } from "../../program/index.js";
import type { StepCheck } from "../checks.js";
import { accepted, architectureOf, article, insideOf } from "./payloads.js";

export const kernelArchitecture: StepCheck = ({ parts, board }, report) => {
  for (const { provision } of parts) {
    const { input } = provision;
    const found = foreignTo(provision, board);
    if (found === undefined || !input) continue;
    const data = { name: provision.name, file: input.name, board: board.id, wants: board.arch };
    report(diagnose("kernel-architecture", { ...data, found }, input.span));
  }
};

/** What a kernel is that cannot run on `board`; undefined of one that can. */
export function foreignTo(provision: Provision, board: Board): string | undefined {
  const inside = insideOf(provision);
  if (provision.kind !== "kernel" || !inside) return undefined;
  const { outer, inner, header } = inside;
  const says = header && architectureOf(outer);
  const holds = inner.kind === "uimage" ? undefined : architectureOf(inner);
  if (says && !accepted(says, board, true)) return `a uImage for ${says}`;
  if (inner.kind === "elf" || !holds) return undefined;
  const given = says !== undefined && says !== holds;
  if (!given && accepted(holds, board, provision.wrapped || header !== undefined)) return undefined;
  return given ? `a uImage for ${says} with ${article(inner)} in it` : article(inner);
}
