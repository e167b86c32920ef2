// bootm unpacks a kernel over the image it is reading.

import { diagnose, type Report } from "../../diagnostics/index.js";
import { unpackedOver } from "../../faults/index.js";
import { hex } from "../../ground/index.js";
import { type Analysis, packedOf, range } from "../../memory/index.js";

export function kernelOverlap({ moments, board }: Analysis, report: Report): void {
  for (const { start } of moments) {
    if (!start) continue;
    const { kernel, landing, image } = start;
    const { compression = "none" } = packedOf(image) ?? {};
    // What is in a uImage that goes in as it is, is looked at as if it were packed: it mostly is.
    const packed = compression !== "none" || image.input?.payload.kind === "uimage";
    const found = unpackedOver({ image: kernel, landing, packed, legacy: !start.config });
    if (!found) continue;
    const { variable } = kernel;
    const labels = [
      { span: image.load?.span ?? image.span, text: `unpacks to ${range(found.hit)}` },
      { span: kernel.span, text: `read from ${range(kernel)}` },
    ];
    const notes = variable ? [`on ${board.id} ${variable} is ${hex(kernel.start)}`] : [];
    report(
      diagnose("kernel-overlap", { name: image.name, above: hex(found.above) }, labels, notes),
    );
  }
}
