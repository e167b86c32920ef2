// A kernel for another architecture. Sources: image_check_target_arch in include/image.h of U-Boot,
// cmd/booti.c, cmd/bootz.c.
import { diagnose } from "../../diagnostics/index.js";
import type { StepCheck } from "../checks.js";
import { accepted, architectureOf, article, insideOf } from "./payloads.js";

export const kernelArchitecture: StepCheck = ({ parts, board }, report) => {
  for (const { provision } of parts) {
    const inside = insideOf(provision);
    const { kind, name, input, wrapped } = provision;
    if (kind !== "kernel" || !inside || !input) continue;
    const { outer, inner, header } = inside;
    const data = { name, file: input.name, board: board.id, wants: board.arch };
    const says = header && architectureOf(outer);
    const holds = inner.kind === "uimage" ? undefined : architectureOf(inner);
    if (says && !accepted(says, board, true)) {
      report(
        diagnose("kernel-architecture", { ...data, found: `a uImage for ${says}` }, input.span),
      );
    } else if (inner.kind !== "elf" && holds) {
      const given = says !== undefined && says !== holds;
      const found = given ? `a uImage for ${says} with ${article(inner)} in it` : article(inner);
      if (given || !accepted(holds, board, wrapped || header !== undefined)) {
        report(diagnose("kernel-architecture", { ...data, found }, input.span));
      }
    }
  }
};
