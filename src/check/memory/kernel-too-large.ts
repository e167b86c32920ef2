// A kernel larger than CONFIG_SYS_BOOTM_LEN: bootm stops unpacking there and resets the board.
import { diagnose, type Report } from "../../diagnostics/index.js";
import { type Analysis, packedOf } from "../../memory/index.js";

export function kernelTooLarge({ moments, board }: Analysis, report: Report): void {
  for (const { start, step } of moments) {
    if (start?.landing.command !== "bootm") continue;
    const provision = start.image;
    const size = packedOf(provision)?.unpacked ?? 0;
    const most = board.limits.bootmLen;
    if (size <= most) continue;
    const labels = [{ span: provision.span }, { span: step.span, text: "started here" }];
    const data = { name: provision.name, size, most, board: board.id };
    report(diagnose("kernel-too-large", data, labels));
  }
}
