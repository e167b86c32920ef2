board rpi_3
dhcp
print "up"

script boot on sdcard "boot.scr" {
  dhcp
}
