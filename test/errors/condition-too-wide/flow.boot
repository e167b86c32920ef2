board rpi_3

script main on tftp "main.scr" {
  if (defined a0 or defined b0) and (defined a1 or defined b1) and (defined a2 or defined b2) and (defined a3 or defined b3) and (defined a4 or defined b4) and (defined a5 or defined b5) and (defined a6 or defined b6) { dhcp }
}
