board rpi_3
server 192.168.0.250
kernel linux from "Image.gz" as uimage "linux.uImage"

script boot on sdcard "boot.scr" {
  load linux to 0x30000000
}
