board rpi_3
server 192.168.0.250

script main on tftp "main.scr" {
  set revision "2"
  print "this is revision ${revision}"
}
