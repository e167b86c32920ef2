board rpi_3

script boot on sdcard "boot.scr" {
  uboot "if test -n x; then reset; fi"
}
