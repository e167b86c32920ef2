board rpi_3

script main on tftp "main.scr" {
  unset fdt_high
}
