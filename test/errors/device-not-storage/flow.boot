board rpi_3

script main on tftp "main.scr" {
  if exists "linux.uImage" on tftp { print "there" }
}
