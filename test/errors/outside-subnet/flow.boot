board rpi_3
server 192.168.0.250
network {
  dhcp range 192.168.0.100..192.168.0.199
  lease 12h  router 192.168.1.1
}

script boot on sdcard "boot.scr" {
  try { dhcp } else { print "no network" }
}
