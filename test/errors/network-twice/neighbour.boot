board rpi_3
server 192.168.0.250
network { dhcp proxy 192.168.0.0/24 }

script boot on sdcard "boot.scr" {
  try { dhcp } else { print "no network" }
}
