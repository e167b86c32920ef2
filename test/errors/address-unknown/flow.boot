board rpi_3
server 192.168.0.250
kernel linux from "Image.gz" as uimage "linux.uImage"

script main on tftp "main.scr" {
  load linux to kernel_adr_r
}
