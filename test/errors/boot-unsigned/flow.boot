board qemu_arm64 { verified_boot yes  fit_signature yes }
server 192.168.0.250
sign "dev.pem"
kernel linux from "Image.gz" as uimage

script main on tftp "main.scr" {
  boot linux
}
