// A script that nothing runs: U-Boot does not look for its name, and no other script chains to it.
// Where no script has a name that U-Boot looks for, how the flow begins is not known.
import { diagnose } from "../../diagnostics/index.js";
import { statementsOf } from "../../language/index.js";
import { type Script, textFor } from "../../program/index.js";
import type { FlowCheck } from "../contract.js";
import { rawText } from "../raw.js";
import { namesNothing } from "./unused-file.js";

/** What U-Boot looks for by itself (boot/bootmeth_script.c, include/config_distro_bootcmd.h). */
const FOUND = /(?:^|\/)boot\.scr(?:\.uimg)?$/;

export const unusedScript: FlowCheck = ({ program, analyses }, report) => {
  const scripts = [...program.scripts.values()];
  if (!scripts.some((each) => FOUND.test(fileOf(each)))) return;
  const chained = new Set<string>();
  let raw = "";
  for (const { moments } of analyses) {
    for (const moment of moments) if (moment.chained) chained.add(moment.chained.script.name);
  }
  for (const { body } of [...scripts, ...program.faulty]) {
    for (const statement of statementsOf(body)) {
      if (statement.type === "chain" && statement.script.type === "name") {
        chained.add(statement.script.name);
      }
      if (statement.type === "uboot") raw += `${rawText(statement.text)}\n`;
    }
  }
  if (namesNothing(program, chained)) return;
  for (const script of scripts) {
    const file = fileOf(script);
    if (FOUND.test(file) || chained.has(script.name) || raw.includes(file)) continue;
    report(diagnose("unused-script", { name: script.name, file }, script.span));
  }
};

const fileOf = ({ file }: Script) => textFor(file, undefined);
