board rpi_3
server 192.168.0.250

script main on tftp "main.scr" {
  chain next
}

script next on tftp "next.scr" {
  dhcp
}
