board rpi_3
server 192.168.0.250

script boot on sdcard "boot.scr" {
  dhcp
  retry 3 { chain netboot }
}

script netboot on tftp "netboot.scr" {
  print "netboot"
}
