// A 64-bit kernel that gets no device tree: none is named, and the board's firmware leaves none.
// A kernel of 32-bit Arm may have its own behind it. Source: boot_prep_linux in
// arch/arm/lib/bootm.c and arch/riscv/lib/bootm.c of U-Boot.
import { diagnose } from "../../diagnostics/index.js";
import type { StepCheck } from "../checks.js";

export const dtbMissing: StepCheck = ({ moments, board }, report) => {
  if (board.firmwareDtb || (board.arch !== "arm64" && board.arch !== "riscv")) return;
  for (const { start, step } of moments) {
    if (!start || start.dtb) continue;
    const data = { name: start.kernel.provision.name, board: board.id };
    report(diagnose("dtb-missing", data, step.span));
  }
};
