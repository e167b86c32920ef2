// A setting that another one has taken the place of, or that nothing reads any more.
import { configReplaced } from "../../boards/index.js";
import { diagnose } from "../../diagnostics/index.js";
import type { FlowCheck } from "../contract.js";
import { configLines } from "./firmware-files.js";

export const configOld: FlowCheck = ({ program }, report) => {
  for (const { key = "", span, line } of program.firmware.flatMap(configLines)) {
    const now = configReplaced.get(key);
    if (now !== undefined) report(diagnose("config-old", { name: key, line, now }, span));
  }
};
