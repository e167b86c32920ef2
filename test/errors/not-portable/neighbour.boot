board rpi_3

script boot on sdcard "boot.scr" {
  if defined board_name { dhcp }
}
