# Imported from asked.cmd. Look at these before you use it:
# - A step that fails ends the script here, or goes to the `else` of its `try`; there it went on.
# - Files are named as on the board: put them beside this file, or write where they are.
# - Addresses are left out: the compiler finds them.
# - 8 lines of the script had no statement, and stayed behind `uboot`.

board rpi_3    # a guess: `ubootc boards` lists them
server 10.0.0.1

script boot on sdcard "boot.scr" {
  # The status is asked for in other ways: $?, what was loaded, or `||`.
  unset filesize
  uboot "tftpboot ${loadaddr} 10.0.0.1:boot.scr"
  uboot "if test $? -eq 0; then source ${loadaddr}; fi"
  unset filesize
  uboot "load mmc 0:1 ${loadaddr} boot.scr"
  if defined filesize {
    uboot "source ${loadaddr}"
  }
  uboot "load mmc 0:1 ${loadaddr} boot.scr"
  uboot "if iminfo ${loadaddr}; then source ${loadaddr}; fi"
  uboot "load usb 0:1 ${loadaddr} boot.scr || echo \"no stick\""
  uboot "load mmc 0:1 ${fdt_addr_r} splash.bmp"
  print "done"
}
