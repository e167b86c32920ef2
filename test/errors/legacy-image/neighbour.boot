board am62x_evm_a53 { legacy_images yes }
server 192.168.0.250
kernel linux from "Image.gz" as uimage
dtb tree from "am62x.dtb"

script main on tftp "main.scr" {
  boot linux with tree
}
