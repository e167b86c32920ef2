// A setting that the firmware does not know, in the flow or in the config.txt it takes: the firmware
// ignores it without a word.
import { configKeys, deviceTreeParameters } from "../../boards/index.js";
import { diagnose, nearest } from "../../diagnostics/index.js";
import type { FlowCheck } from "../contract.js";
import { configLines } from "./firmware-files.js";

export const configUnknown: FlowCheck = ({ program }, report) => {
  for (const { key, value = "", span, line } of program.firmware.flatMap(configLines)) {
    if (key === undefined || configKeys.has(key)) continue;
    const parameter = deviceTreeParameters.has(key) ? `dtparam=${key}=${value}` : undefined;
    const data = { name: key, line, parameter, nearest: nearest(key, configKeys) };
    report(diagnose("config-unknown", data, span));
  }
};
