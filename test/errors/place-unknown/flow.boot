board rpi_3
script boot on sd_card "main.scr" {
  dhcp
}
