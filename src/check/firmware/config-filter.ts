// A filter that the firmware does not know: what comes after it counts for no board, or for all.
import { configFilters, isConfigFilter } from "../../boards/index.js";
import { diagnose, nearest } from "../../diagnostics/index.js";
import type { FlowCheck } from "../contract.js";
import { configLines } from "./firmware-files.js";

export const configFilter: FlowCheck = ({ program }, report) => {
  for (const { filter, span, line } of program.firmware.flatMap(configLines)) {
    if (filter === undefined || isConfigFilter(filter)) continue;
    const data = { name: filter, line, nearest: nearest(filter, configFilters) };
    report(diagnose("config-filter", data, span));
  }
};
