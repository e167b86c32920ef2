board rpi_3
server 192.168.0.250

script main on tftp "main.scr" {
  try { chain netboot } else {
    print "once more"
    chain netboot from tftp
  }
}

script netboot on tftp "netboot.scr" {
  print "netboot"
}
