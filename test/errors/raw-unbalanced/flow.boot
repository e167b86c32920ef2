board rpi_3

script main on tftp "main.scr" {
  uboot "if test -n x; then reset"
}
