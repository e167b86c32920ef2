board rpi_3

script main on tftp "main.scr" {
  set fdt_high 0xffffffff
}
