// cmdline.txt in more than one line: the firmware passes on the first and drops the others.
import { diagnose } from "../../diagnostics/index.js";
import type { FlowCheck } from "../contract.js";
import { cmdlineOf } from "./firmware-files.js";

export const cmdlineLines: FlowCheck = ({ program }, report) => {
  for (const firmware of program.firmware) {
    const file = cmdlineOf(firmware);
    const count = file?.lines.filter((line) => line.trim() !== "").length ?? 0;
    if (file && count > 1) report(diagnose("cmdline-lines", { count }, file.span));
  }
};
