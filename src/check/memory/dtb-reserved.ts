// The device tree reserves memory that the kernel, or what it is started with, is put into.
import { diagnose, type Report } from "../../diagnostics/index.js";
import { reservedRegions } from "../../image/index.js";
import { type Analysis, overlap, range } from "../../memory/index.js";

export function dtbReserved({ moments }: Analysis, report: Report): void {
  for (const { start } of moments) {
    const input = start?.dtb?.provision.input;
    if (!start || !input || !start.dtb) continue;
    for (const reserved of reservedRegions(input.content)) {
      const hit = start.landing.writes.find((region) => overlap(region, reserved));
      if (!hit) continue;
      const data = { name: start.kernel.provision.name, dtb: start.dtb.provision.name };
      const labels = [
        {
          span: start.kernel.provision.load?.span ?? start.kernel.span,
          text: `writes ${range(hit)}`,
        },
        {
          span: start.dtb.provision.span,
          text: `reserves ${range(reserved)} for ${reserved.name}`,
        },
      ];
      report(diagnose("dtb-reserved", data, labels));
    }
  }
}
