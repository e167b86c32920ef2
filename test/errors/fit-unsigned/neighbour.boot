board qemu_arm64 { verified_boot yes  fit_signature yes }
sign "dev.pem"

script main on tftp "main.scr" {
  print "hello"
}
