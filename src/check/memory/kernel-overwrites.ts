// Starting a kernel writes over the initrd or the device tree that it is started with, or over the
// place that booti unpacks it to.
import type { Region } from "../../boards/index.js";
import { diagnose, type Report } from "../../diagnostics/index.js";
import { writtenOver } from "../../faults/index.js";
import { type Analysis, type InMemory, overlap, range, type Start } from "../../memory/index.js";

export function kernelOverwrites({ moments }: Analysis, report: Report): void {
  for (const { start } of moments) {
    if (!start) continue;
    for (const victim of [start.initrd, start.dtb]) {
      const hit = victim && writtenOver(start, victim);
      if (hit && victim) reportHit(start, hit, victim, report);
    }
    const { unpack, kernel } = start;
    if (unpack && overlap(unpack, kernel)) reportHit(start, unpack, kernel, report);
  }
}

function reportHit({ kernel, image }: Start, hit: Region, victim: InMemory, report: Report): void {
  const data = { name: image.name, other: victim.provision.name };
  const labels = [
    { span: image.load?.span ?? kernel.span, text: `writes ${range(hit)}` },
    { span: victim.span, text: `\`${victim.provision.name}\` is at ${range(victim)}` },
  ];
  report(diagnose("kernel-overwrites", data, labels));
}
