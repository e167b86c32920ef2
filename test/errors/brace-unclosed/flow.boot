board rpi_3

script main on tftp "main.scr" {
  try {
    dhcp
  print "no network"
}
