board small from rpi_3 { maxargs 16 }
server 192.168.0.250
kernel linux from "Image.gz" as uimage "linux.uImage"

script main on tftp "main.scr" {
  load linux
}
