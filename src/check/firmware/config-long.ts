// A line of config.txt that is longer than what the firmware reads of one.
import { diagnose } from "../../diagnostics/index.js";
import type { FlowCheck } from "../contract.js";
import { configLines } from "./firmware-files.js";

/** Characters of a line; the firmware drops the others. */
const LONGEST = 98;

export const configLong: FlowCheck = ({ program }, report) => {
  for (const { key, length, span, line } of program.firmware.flatMap(configLines)) {
    if (key === undefined || length <= LONGEST) continue;
    report(diagnose("config-long", { name: key, line, length, most: LONGEST }, span));
  }
};
