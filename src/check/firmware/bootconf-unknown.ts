// A setting or a filter in the bootconf.txt of the flow that the bootloader does not know: it passes
// over the line. Those of the flow itself are read by its rules.
import { bootloaderKeys, configFilters, isConfigFilter } from "../../boards/index.js";
import { diagnose, nearest } from "../../diagnostics/index.js";
import type { FlowCheck } from "../contract.js";
import { bootloaderLines } from "./bootloader-settings.js";

export const bootconfUnknown: FlowCheck = ({ program: { eeprom } }, report) => {
  for (const { filter, key = "", span } of eeprom ? bootloaderLines(eeprom) : []) {
    if (filter === undefined) {
      if (bootloaderKeys.has(key)) continue;
      const likely = nearest(key, bootloaderKeys);
      report(diagnose("bootconf-unknown", { name: key, nearest: likely }, span));
    } else if (!isConfigFilter(filter, "bootloader")) {
      const likely = nearest(filter, configFilters);
      const data = { name: `[${filter}]`, nearest: likely && `[${likely}]` };
      report(diagnose("bootconf-unknown", data, span));
    }
  }
};
