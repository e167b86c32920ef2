board rpi_3
kernel linux from "Image.gz" as uimage "linux.uImage"

script main on tftp "main.scr" {
  load linux from usb 0:1
}
