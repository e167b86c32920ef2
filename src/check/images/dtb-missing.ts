// A kernel that gets no device tree: none is named, and the board's firmware leaves none. One that a
// kernel of 32-bit Arm has after it does not help. Source: boot_prep_linux in arch/arm/lib/bootm.c
// and arch/riscv/lib/bootm.c of U-Boot.
import { diagnose } from "../../diagnostics/index.js";
import type { StepCheck } from "../contract.js";

export const dtbMissing: StepCheck = ({ moments, board }, report) => {
  if (board.firmwareDtb || !/^(?:arm|arm64|riscv)$/.test(board.arch)) return;
  for (const { start, step } of moments) {
    if (!start || start.dtb) continue;
    const data = { name: start.kernel.provision.name, board: board.id };
    report(diagnose("dtb-missing", data, step.span));
  }
};
