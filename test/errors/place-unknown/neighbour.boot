board rpi_3

script main on tftp "main.scr" {
  dhcp
}
