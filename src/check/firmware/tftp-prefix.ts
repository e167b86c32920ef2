// The folder that the bootloader of a Pi 4 or 5 asks for is not the one that the flow makes.
import { diagnose } from "../../diagnostics/index.js";
import type { FlowCheck } from "../contract.js";
import { bootloaderSetting } from "./bootloader-settings.js";

/** What TFTP_PREFIX means for the name of the folder. */
const PREFIXES: Readonly<Record<string, string>> = { 0: "serial", 1: "text", 2: "mac" };

export const tftpPrefix: FlowCheck = ({ program: { eeprom, firmware } }, report) => {
  const given = eeprom && bootloaderSetting(eeprom, "TFTP_PREFIX");
  const served = firmware.find(({ place, forEachClient }) => place === "tftp" && forEachClient);
  if (!given || !served || PREFIXES[given.text] === served.prefix) return;
  const asked = PREFIXES[given.text] ?? given.text;
  const labels = [
    { span: given.span },
    { span: served.span, text: `named for the ${served.prefix}` },
  ];
  report(diagnose("tftp-prefix", { asked, made: served.prefix }, labels));
};
