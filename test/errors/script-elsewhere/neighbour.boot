board rpi_3
server 192.168.0.250

script boot on sdcard "boot.scr" {
  chain next
}

script next on tftp "next.scr" {
  dhcp
}
