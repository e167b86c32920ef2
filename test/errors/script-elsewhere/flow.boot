board rpi_3
server 192.168.0.250

script main on tftp "main.scr" {
  chain next from usb 0:1
}

script next on tftp "next.scr" {
  dhcp
}
