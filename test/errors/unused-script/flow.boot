board rpi_3
server 192.168.0.250

script boot on sdcard "boot.scr" {
  retry forever pause 5s { chain netboot }
}

script netboot on tftp "netboot.scr" {
  print "netboot"
}

script fallback on tftp "fallback.scr" {
  print "fallback"
}
