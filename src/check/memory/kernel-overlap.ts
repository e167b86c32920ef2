// bootm unpacks a kernel over the image it is reading (boot/bootm.c looks only afterwards).
import { diagnose, type Report } from "../../diagnostics/index.js";
import { type Analysis, alignUp, hex, overlap, range } from "../../memory/index.js";

const MiB = 0x100000;

export function kernelOverlap({ moments, board }: Analysis, report: Report): void {
  for (const { start } of moments) {
    if (!start || start.landing.inPlace) continue;
    const { kernel, landing, image } = start;
    const hit = landing.writes.find((region) => overlap(region, kernel));
    if (!hit) continue;
    const { variable } = kernel;
    const labels = [
      { span: image.load?.span ?? image.span, text: `unpacks to ${range(hit)}` },
      { span: kernel.span, text: `read from ${range(kernel)}` },
    ];
    const notes = variable ? [`on ${board.id} ${variable} is ${hex(kernel.start)}`] : [];
    const ends = landing.writes.map((region) => region.start + region.size);
    const above = hex(alignUp(Math.max(...ends), MiB));
    report(diagnose("kernel-overlap", { name: image.name, above }, labels, notes));
  }
}
