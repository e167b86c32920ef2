board qemu_arm64 { fit_signature yes }
sign "dev.pem"

script main on tftp "main.scr" as fit {
  print "hello"
}
