// The bootloader of a Pi 4 or 5 that is told what to try, and the network is not among it, though the
// flow has files for it there.
import { diagnose } from "../../diagnostics/index.js";
import type { FlowCheck } from "../contract.js";
import { bootloaderSetting } from "./bootloader-settings.js";

export const bootOrderNetwork: FlowCheck = ({ program: { eeprom, firmware } }, report) => {
  const order = eeprom && bootloaderSetting(eeprom, "BOOT_ORDER");
  const served = firmware.find(({ place }) => place === "tftp");
  const NETWORK = "2";
  if (!order || !served || order.text.slice(2).includes(NETWORK)) return;
  const labels = [{ span: order.span }, { span: served.span, text: "never asked for" }];
  report(diagnose("boot-order-network", { order: order.text }, labels));
};
