// The bootloader of a Pi 4 or 5 asks a server that is not the flow's: TFTP_IP counts, whatever
// DHCP says.
import { diagnose } from "../../diagnostics/index.js";
import type { FlowCheck } from "../contract.js";
import { bootloaderSetting } from "./bootloader-settings.js";

export const tftpIp: FlowCheck = ({ program: { eeprom, firmware, servers } }, report) => {
  const given = eeprom && bootloaderSetting(eeprom, "TFTP_IP");
  const isServed = firmware.some(({ place }) => place === "tftp");
  const [first] = servers;
  if (!given || given.text === "" || !isServed || !first) return;
  if (servers.some(({ text }) => text === given.text)) return;
  const labels = [{ span: given.span }, { span: first.span, text: "the files are here" }];
  report(diagnose("tftp-ip", { asked: given.text, server: first.text }, labels));
};
