board rpi_3

script main on tftp "main.scr" {
  if exists "linux.uImage" on mmc 0:1 { print "there" }
}
