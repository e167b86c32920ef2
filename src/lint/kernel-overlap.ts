// bootm unpacks a kernel over the image it is reading.

import { diagnoseScript } from "../diagnostics/index.js";
import { unpackedOver } from "../faults/index.js";
import { hex } from "../ground/index.js";
import { readUImage } from "../image/index.js";
import { range } from "../memory/index.js";
import { arrangementsIn } from "./memory.js";
import type { Rule } from "./rule.js";

export const kernelOverlap: Rule = (script, report) => {
  for (const { boot, kernel, landing } of arrangementsIn(script)) {
    if (boot.command.name !== "bootm" || !kernel || !landing) continue;
    const packed = readUImage(kernel.content).header?.compression !== 0;
    const found = unpackedOver({ image: kernel, landing, packed, legacy: true });
    if (!found) continue;
    const loaded = kernel.part.loaded[0]?.command.at ?? kernel.part.argument.at;
    const labels = [
      { span: loaded, text: `read from ${range(kernel)}` },
      { span: boot.command.at, text: `unpacks to ${range(found.hit)}` },
    ];
    const data = { name: kernel.name, above: hex(found.above) };
    report(diagnoseScript("kernel-overlap", data, labels));
  }
};
