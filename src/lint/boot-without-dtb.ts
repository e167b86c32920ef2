// `booti` without a third word (boot/bootm.c), and `bootz` and `bootm` for 32-bit Arm: kernels of boards
// with device trees need one. What is booted may be a FIT with one, which a file's name does not tell.
import { diagnoseScript } from "../diagnostics/index.js";
import { baseName, bootsIn, onlyLoaded } from "./boots.js";
import type { Rule } from "./rule.js";

export const bootWithoutDtb: Rule = (script, report) => {
  const is32 = script.board?.arch === "arm" && !script.board.firmwareDtb;
  for (const { command, kernel } of bootsIn(script)) {
    const { name, args, text, at } = command;
    const loaded = onlyLoaded(kernel);
    const isFile = loaded !== undefined && /^[uz]Image/.test(baseName(loaded));
    const needs = name === "booti" || (is32 && (name === "bootz" || (name === "bootm" && isFile)));
    if (!needs || args.length === 0 || args.length > 2) continue;
    const fixed = `${text}${args.length === 1 ? " -" : ""} \${fdt_addr_r}`;
    report(diagnoseScript("boot-without-dtb", { command: text, fixed }, at));
  }
};
