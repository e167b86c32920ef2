# --sign-command: `pkcs11-tool` ended with 1: the PIN is wrong
board qemu_arm64 { fit_signature yes }
sign "dev.crt"

script main on tftp "main.scr" as fit {
  print "hello"
}
