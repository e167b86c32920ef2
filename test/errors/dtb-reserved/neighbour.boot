board rpi_3
server 192.168.0.250
kernel linux from "Image" as uimage { load 0x02000000 }
dtb tree from "reserving.dtb"

script main on tftp "main.scr" {
  boot linux with tree
}
