# Imported from slots.cmd. Look at these before you use it:
# - A step that fails ends the script here, or goes to the `else` of its `try`; there it went on.
# - Files are named as on the board: put them beside this file, or write where they are.
# - Addresses are left out: the compiler finds them.
# - 5 lines of the script had no statement, and stayed behind `uboot`.

board rpi_3    # a guess: `ubootc boards` lists them
server 192.168.0.250    # a guess: where the board's files are

script boot on sdcard "boot.scr" {
  # ubootc check boot.cmd --dialect old
  # Two slots with a count for each, saved only when it changes.
  uboot "test -n \"${BOOT_ORDER}\" || setenv BOOT_ORDER \"A B\""
  uboot "test -n \"${BOOT_A_LEFT}\" || setenv BOOT_A_LEFT 3"
  uboot "test -n \"${BOOT_B_LEFT}\" || setenv BOOT_B_LEFT 3"
  unset bootpart
  uboot "for slot in ${BOOT_ORDER}; do if test \"x${bootpart}\" != \"x\"; then true; elif test \"x${slot}\" = \"xA\"; then if test 0x${BOOT_A_LEFT} -gt 0; then setexpr BOOT_A_LEFT ${BOOT_A_LEFT} - 1; setenv bootpart 2; fi; elif test \"x${slot}\" = \"xB\"; then if test 0x${BOOT_B_LEFT} -gt 0; then setexpr BOOT_B_LEFT ${BOOT_B_LEFT} - 1; setenv bootpart 3; fi; fi; done"
  if defined bootpart {
    save
    bootargs {
      root "/dev/mmcblk0p${bootpart}"
      "rootwait"
    }
  } else {
    set BOOT_A_LEFT "3"
    set BOOT_B_LEFT "3"
    save
    reset
  }
  uboot "if load mmc 0:${bootpart} ${loadaddr} boot/zImage && load mmc 0:${bootpart} ${fdt_addr_r} boot/board.dtb; then bootz ${loadaddr} - ${fdt_addr_r}; fi"
  reset
}
