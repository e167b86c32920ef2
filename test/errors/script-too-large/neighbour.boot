board rpi_3

script boot on sdcard "boot.scr" {
  print "short"
}
