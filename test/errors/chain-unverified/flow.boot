board qemu_arm64 { verified_boot yes }
server 192.168.0.250

script main on tftp "main.scr" {
  chain netboot
}

script netboot on tftp "netboot.scr" {
  print "netboot"
}
