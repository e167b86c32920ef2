board rpi_3
server 192.168.0.250

script boot on sdcard "boot.scr" {
  dhcp
  try {
    retry 3 { chain netboot }
  } else {
    chain local
  }
}

script netboot on tftp "netboot.scr" {
  print "netboot"
}

script local on sdcard "local.scr" {
  print "local"
}
