board rpi_3
dhcp
print "up"

script main on tftp "main.scr" {
  dhcp
}
