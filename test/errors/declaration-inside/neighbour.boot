board rpi_3
kernel linux from "Image.gz"

script boot on sdcard "boot.scr" {
  dhcp
}
