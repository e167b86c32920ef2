// Something in a uImage that does not look like a kernel. Since v2024.01 `bootm` looks for the magic
// of an Image where it starts Linux on 64-bit Arm; other architectures have kernels without one.
import { diagnose } from "../../diagnostics/index.js";
import { types } from "../../image/index.js";
import type { StepCheck } from "../checks.js";
import { insideOf } from "./payloads.js";

export const kernelUnrecognized: StepCheck = ({ parts, board }, report) => {
  if (board.arch !== "arm64" && board.arch !== "riscv") return;
  for (const { provision } of parts) {
    const { kind, name, input, wrapped } = provision;
    const { inner, seen, header } = insideOf(provision) ?? {};
    if (kind !== "kernel" || !input || !seen || inner?.kind !== "unknown") continue;
    // A uImage of something else was reported as that.
    if (header ? types.byId(header.type)?.name !== "kernel" : !wrapped) continue;
    const data = { name, file: input.name, arch: board.arch };
    report(diagnose("kernel-unrecognized", data, input.span));
  }
};
