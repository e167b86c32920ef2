board rpi_3
script boot on sd_card "boot.scr" {
  dhcp
}
