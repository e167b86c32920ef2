board am62x_evm_a53
server 192.168.0.250
kernel linux from "Image.gz" as uimage

script main on tftp "main.scr" {
  boot linux
}
