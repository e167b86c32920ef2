board rpi_3

script main on tftp "main.scr" {
  if ${bootdelay} != "0" {
    set bootdelay 0
    save
  }
}
