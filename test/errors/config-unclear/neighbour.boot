board qemu_arm64
server 192.168.0.250
kernel linux from "Image.gz"
kernel rescue from "Image"
fit os {
  config "usual" { kernel linux }
  config "rescue" { kernel rescue }
}

script main on tftp "main.scr" {
  boot os
}
