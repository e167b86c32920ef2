// Digits of BOOT_ORDER that nothing comes to: it is read from the right, and one before them stops,
// begins again or waits for ever.
import { bootModes, endsBootOrder } from "../../boards/index.js";
import { diagnose } from "../../diagnostics/index.js";
import type { FlowCheck } from "../contract.js";
import { bootloaderSetting } from "./bootloader-settings.js";

export const bootOrderRest: FlowCheck = ({ program: { eeprom } }, report) => {
  const order = eeprom && bootloaderSetting(eeprom, "BOOT_ORDER");
  if (!order) return;
  const digits = [...order.text.toLowerCase().replace(/^0x0*/, "")].reverse();
  const end = digits.findIndex(endsBootOrder);
  const rest = end < 0 ? [] : digits.slice(end + 1);
  // After rpiboot, which is to be the last one that is tried, some begin again.
  if (rest.length === 0 || rest.join("") === "f") return;
  const name = (digit = "") => ({ digit, mode: bootModes.get(digit) ?? digit });
  const modes = rest.filter((digit) => !endsBootOrder(digit)).map((digit) => name(digit).mode);
  const data = { order: order.text, end: name(digits[end]), modes };
  report(diagnose("boot-order-rest", data, order.span));
};
