board rpi_3

script boot on sdcard "boot.scr" {
  if exists "linux.uImage" on tftp { print "there" }
}
