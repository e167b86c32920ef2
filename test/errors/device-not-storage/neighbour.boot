board rpi_3

script boot on sdcard "boot.scr" {
  if exists "linux.uImage" on mmc 0:1 { print "there" }
}
