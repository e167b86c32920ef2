board rpi_3

script main on tftp "main.scr" {
  set bootdelay 0
  save
}
