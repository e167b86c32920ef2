// bootm unpacks a kernel over the image it is reading (boot/bootm.c looks only afterwards). What is not
// packed is moved whole, and may overlap.
import { diagnoseScript } from "../diagnostics/index.js";
import { readUImage } from "../image/index.js";
import { alignUp, hex, overlap, range } from "../memory/index.js";
import { arrangementsIn } from "./memory.js";
import type { Rule } from "./rule.js";

const MiB = 0x100000;

export const kernelOverlap: Rule = (script, report) => {
  for (const { boot, kernel, landing } of arrangementsIn(script)) {
    if (boot.command.name !== "bootm" || !kernel || !landing || landing.inPlace) continue;
    if (readUImage(kernel.content).header?.compression === 0) continue;
    const hit = landing.writes.find((region) => overlap(region, kernel));
    if (!hit) continue;
    const ends = landing.writes.map((region) => region.start + region.size);
    const above = hex(alignUp(Math.max(...ends, kernel.start), MiB));
    const loaded = kernel.part.loaded[0]?.command.at ?? kernel.part.argument.at;
    const labels = [
      { span: loaded, text: `read from ${range(kernel)}` },
      { span: boot.command.at, text: `unpacks to ${range(hit)}` },
    ];
    report(diagnoseScript("kernel-overlap", { name: kernel.name, above }, labels));
  }
};
