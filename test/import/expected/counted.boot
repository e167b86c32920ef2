# Imported from counted.cmd. Look at these before you use it:
# - A step that fails ends the script here, or goes to the `else` of its `try`; there it went on.
# - Files are named as on the board: put them beside this file, or write where they are.
# - Addresses are left out: the compiler finds them.
# - 3 lines of the script had no statement, and stayed behind `uboot`.

board rpi_3    # a guess: `ubootc boards` lists them
server 192.168.0.250    # a guess: where the board's files are

script boot on sdcard "boot.scr" {
  # Numbers of tries with a default, so that they are never empty.
  uboot "test -n \"${A_LEFT}\" || setenv A_LEFT 3"
  if not defined B_LEFT {
    set B_LEFT "3"
  }
  uboot "if test ${A_LEFT} -gt 0; then setexpr A_LEFT ${A_LEFT} - 1; saveenv; fi"
  uboot "if test ${B_LEFT} -gt 0; then setenv load_kernel load mmc 0:1 ${loadaddr} uImage; run load_kernel && bootm ${loadaddr} - ${fdt_addr_r}; fi"
}
