board qemu_arm64 { verified_boot yes  fit_signature yes }

script main on tftp "main.scr" {
  print "hello"
}
