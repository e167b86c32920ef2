board rpi_3

script main on tftp "main.scr" {
  if defined board_name { dhcp }
}
