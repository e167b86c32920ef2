board qemu_arm64 { fit_signature yes }
sign "dev.pem" { algorithm "sha256,rsa4096" }

script main on tftp "main.scr" as fit {
  print "hello"
}
