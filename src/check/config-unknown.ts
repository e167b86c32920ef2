// A setting that the firmware does not know, in the flow or in the config.txt it takes: the firmware
// ignores it without a word.
import { configKeys } from "../boards/index.js";
import { diagnose, nearest } from "../diagnostics/index.js";
import type { FlowCheck } from "./checks.js";
import { configLines } from "./firmware-files.js";

export const configUnknown: FlowCheck = ({ program }, report) => {
  for (const { key, span, line } of program.firmware.flatMap(configLines)) {
    if (key === undefined || configKeys.has(key)) continue;
    const data = { name: key, line, nearest: nearest(key, configKeys) };
    report(diagnose("config-unknown", data, span));
  }
};
