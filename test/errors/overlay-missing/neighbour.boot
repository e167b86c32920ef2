board qemu_arm { commands "fdt apply" }
server 192.168.0.250
kernel linux from "zImage"
dtb virt from "labelled.dtb"
overlay spi from "spi.dtbo"
fit os { kernel linux  config "spi" { dtb virt  overlay spi } }

script main on tftp "main.scr" {
  allow dtb-board "the tree is made up"
  boot os
}
