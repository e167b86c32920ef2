board rpi_3

script main on tftp "main.scr" {
  if (defined a0 or defined b0) and (defined a1 or defined b1) and (defined a2 or defined b2) { dhcp }
}
