board rpi_3
kernel linux from "Image.gz" as uimage "linux.uImage"

script boot on sdcard "boot.scr" {
  load linux from usb 0:1
}
