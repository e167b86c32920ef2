board rpi_3
server 192.168.0.250

script main on tftp "main.scr" {
  try { chain netboot } else {
    print "what the card has"
    chain local
  }
}

script netboot on tftp "netboot.scr" {
  print "netboot"
}

script local on sdcard "local.scr" {
  print "local"
}
