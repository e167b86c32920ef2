board qemu_arm64
server 10.0.2.2
kernel linux from "Image" as uimage

script main on tftp "main.scr" {
  boot linux
}
