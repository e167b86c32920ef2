// `booti` without a third word (boot/bootm.c): 64-bit Arm and RISC-V kernels need a device tree. The
// second word may be a FIT with one, which a file's name does not tell.
import { diagnoseScript } from "../diagnostics/index.js";
import { bootsIn } from "./boots.js";
import type { Rule } from "./rules.js";

export const bootWithoutDtb: Rule = (script, report) => {
  for (const { command } of bootsIn(script)) {
    const { name, args, text, at } = command;
    if (name !== "booti" || args.length === 0 || args.length > 2) continue;
    const fixed = `${text}${args.length === 1 ? " -" : ""} \${fdt_addr_r}`;
    report(diagnoseScript("boot-without-dtb", { command: text, fixed }, at));
  }
};
