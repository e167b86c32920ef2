board qemu_arm64
server 192.168.0.250
initrd ram from "initrd.gz"
fit os { initrd ram }

script main on tftp "main.scr" {
  boot os
}
