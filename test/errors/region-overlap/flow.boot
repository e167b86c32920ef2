board rpi_3
server 192.168.0.250
kernel linux from "Image.gz" as uimage "linux.uImage"
initrd initrd from "initrd.img"

script main on tftp "main.scr" {
  load linux to 0x02000000
  load initrd to 0x02000100
}
