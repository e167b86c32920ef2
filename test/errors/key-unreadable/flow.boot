board qemu_arm64 { fit_signature yes }
sign "notes.txt"

script main on tftp "main.scr" as fit {
  print "hello"
}
