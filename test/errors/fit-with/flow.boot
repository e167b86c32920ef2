board qemu_arm64
server 192.168.0.250
kernel linux from "Image.gz"
initrd ram from "initrd.gz"
fit os { kernel linux }

script main on tftp "main.scr" {
  boot os with ram
}
