// How the values of the bootloader's settings are written. Document: "Bootloader configuration" of
// Raspberry Pi's documentation, with its limits.
import { isIPv4 } from "node:net";
import { type Reader, reading } from "./values.js";

const address = reading("an IPv4 address such as 192.168.4.1", (found) =>
  isIPv4(found) ? found : undefined,
);
/** A number of `unit` from `least` to `most`. */
const number = (unit: string, least: number, most = 999_999_999) => {
  const end = most === 999_999_999 ? `at least ${least}` : `${least} to ${most}`;
  return reading(`a number of ${unit}, ${end}`, (found) =>
    /^\d{1,9}$/.test(found) && Number(found) >= least && Number(found) <= most ? found : undefined,
  );
};
const milliseconds = (least: number, most?: number) => number("milliseconds", least, most);
const flag = reading("0 or 1", (found) => (/^[01]$/.test(found) ? found : undefined));
const matching = (expected: string, pattern: RegExp) =>
  reading(expected, (found) => (pattern.test(found) ? found : undefined));
/** How often; -1 is for ever. */
const times = matching("a number of times, or -1 for ever", /^(?:-1|\d{1,9})$/);
/** The form of all others. */
export const line = matching("a text of printable ASCII", /^[ -~]*$/);

const FLAGS = [
  ...["BOOT_UART", "ENABLE_SELF_UPDATE", "FREEZE_VERSION", "NET_INSTALL_AT_POWER_ON"],
  ...["NET_INSTALL_ENABLED", "PARTITION_WALK", "PCIE_PROBE", "POWER_OFF_ON_HALT"],
  ...["REBOOT_ON_FATAL_ERROR", "SD_OVERCURRENT_CHECK", "VL805", "WAIT_FOR_POWER_BUTTON"],
];

/** Settings with a form of their own. */
export const bootloaderForms: Readonly<Record<string, Reader<string>>> = {
  ...Object.fromEntries(FLAGS.map((key) => [key, flag])),
  // Read from the right. 0 to 7 are modes, e stops, f begins again.
  BOOT_ORDER: reading(
    "boot modes from right to left, such as 0xf21 for card, network, again",
    (found) => (/^0x[0-7ef]{1,8}$/i.test(found) ? found.toLowerCase() : undefined),
  ),
  TFTP_IP: address,
  CLIENT_IP: address,
  SUBNET: address,
  GATEWAY: address,
  DNS_IP: address,
  TFTP_PREFIX: matching("0 (serial number), 1 (tftp_prefix_str) or 2 (MAC address)", /^[012]$/),
  TFTP_PREFIX_STR: reading("a folder of at most 32 characters with a / after it", (found) =>
    /^[\w.+-][\w.+/-]{0,30}\/$/.test(found) && !found.includes("..") ? found : undefined,
  ),
  DHCP_TIMEOUT: milliseconds(5000),
  DHCP_REQ_TIMEOUT: milliseconds(500),
  TFTP_FILE_TIMEOUT: milliseconds(5000),
  USB_MSD_DISCOVER_TIMEOUT: milliseconds(5000),
  USB_MSD_LUN_TIMEOUT: milliseconds(100),
  USB_MSD_PWR_OFF_TIME: milliseconds(0, 5000),
  USB_MSD_STARTUP_DELAY: milliseconds(0, 30_000),
  MAX_RESTARTS: times,
  NET_BOOT_MAX_RETRIES: times,
  SD_BOOT_MAX_RETRIES: times,
  BOOT_WATCHDOG_TIMEOUT: number("seconds", 0),
  HDMI_DELAY: number("seconds", 0),
  DHCP_OPTION97: matching("0, or four bytes such as 0x34695052", /^(?:0|0x[0-9a-f]{1,8})$/i),
  HTTP_HOST: matching("a host's name in lower case, without http:// and /", /^[a-z0-9.-]+$/),
  HTTP_PORT: matching("a port", /^[1-9]\d{0,4}$/),
  HTTP_CACERT_HASH: matching("64 hexadecimal digits", /^[0-9a-f]{64}$/i),
  MAC_ADDRESS: matching(
    "an address such as dc:a6:32:01:36:c2",
    /^[0-9a-f]{2}(?::[0-9a-f]{2}){5}$/i,
  ),
  MAC_ADDRESS_OTP: matching("two rows, such as 0,1", /^[0-7],[0-7]$/),
  NETCONSOLE: matching(
    "PORT@IP/DEVICE,PORT@IP/MAC in at most 32 characters, such as 6665@169.254.1.1/,6666@/",
    /^(?=.{1,32}$)\d*@[\d.]+\/[\w.:-]*,\d*@[\d.]*\/[\da-fA-F:]*$/,
  ),
  PSU_MAX_CURRENT: number("milliamperes", 0, 5000),
  SDRAM_BANKLOW: matching("0 to 4", /^[0-4]$/),
  UART_BAUD: matching(
    "9600, 19200, 38400, 57600, 115200, 230400, 460800 or 921600",
    /^(?:9600|19200|38400|57600|115200|230400|460800|921600)$/,
  ),
  USB_MSD_EXCLUDE_VID_PID: matching(
    "up to four devices of 8 hexadecimal digits, such as 034700a0,a4231234",
    /^[0-9a-f]{8}(?:,[0-9a-f]{8}){0,3}$/i,
  ),
  WAKE_ON_GPIO: matching("0, 1 or 2", /^[012]$/),
};
