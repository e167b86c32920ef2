// The bootloader in the EEPROM of the Raspberry Pi 4 and 5: its settings, and what the digits of
// BOOT_ORDER stand for. Names from Raspberry Pi's documentation ("Bootloader configuration") and those
// that pieeprom-2026-08-04.bin (Pi 4) and pieeprom-2026-08-12.bin (Pi 5) carry.
const words = (text: string): readonly string[] => text.trim().split(/\s+/);

/** Settings of the bootloader. */
export const bootloaderKeys: ReadonlySet<string> = new Set(
  words(`
    BOOT_UART UART_BAUD WAKE_ON_GPIO POWER_OFF_ON_HALT WAIT_FOR_POWER_BUTTON BOOT_ORDER
    BOOT_WATCHDOG_TIMEOUT BOOT_WATCHDOG_PARTITION MAX_RESTARTS REBOOT_ON_FATAL_ERROR
    SD_BOOT_MAX_RETRIES SD_OVERCURRENT_CHECK SD_QUIRKS NET_BOOT_MAX_RETRIES DHCP_TIMEOUT
    DHCP_REQ_TIMEOUT TFTP_FILE_TIMEOUT TFTP_IP TFTP_PREFIX TFTP_PREFIX_STR PXE_OPTION43 DHCP_OPTION97
    MAC_ADDRESS MAC_ADDRESS_OTP CLIENT_IP SUBNET GATEWAY DNS_IP USE_IPV6 DISABLE_HDMI HDMI_DELAY
    ENABLE_SELF_UPDATE FREEZE_VERSION HTTP_HOST HTTP_PORT HTTP_PATH HTTP_CACERT_HASH IMAGER_REPO_URL
    NET_INSTALL_ENABLED NET_INSTALL_AT_POWER_ON NET_INSTALL_KEYBOARD_WAIT NETCONSOLE PARTITION
    PARTITION_WALK BOOTVAR0 PCIE_PROBE PSU_MAX_CURRENT NVME_CONTROLLER USB_MSD_EXCLUDE_VID_PID
    USB_MSD_DISCOVER_TIMEOUT USB_MSD_LUN_TIMEOUT USB_MSD_PWR_OFF_TIME USB_MSD_STARTUP_DELAY
    USB_MSD_BOOT_MAX_RETRIES USB_DEV_BOOT_MAX_RETRIES USB_DEV_FILE_TIMEOUT BOOT_MENU_ENABLED
    BOOT_MENU_OPTIONS VL805 XHCI_DEBUG SDRAM_BANKLOW SIGNED_BOOT
  `),
);

/** What the digits of BOOT_ORDER stand for, by digit in lower case. */
export const bootModes: ReadonlyMap<string, string> = new Map([
  ["0", "the card, waiting for another"],
  ["1", "the card"],
  ["2", "the network"],
  ["3", "rpiboot"],
  ["4", "USB"],
  ["5", "USB at the socket for power"],
  ["6", "NVMe"],
  ["7", "HTTP"],
  ["e", "stopping"],
  ["f", "beginning again"],
]);

/** Whether nothing is tried after the mode of `digit`: it waits for ever, stops or begins again. */
export const endsBootOrder = (digit: string): boolean => /^[03ef]$/i.test(digit);
