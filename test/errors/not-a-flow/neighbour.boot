board rpi_3
kernel linux from "Image"
dtb pi3 from "pi3.dtb"

script boot on sdcard "boot.scr" {
  bootargs "console=ttyS0,115200 root=/dev/mmcblk0p2"
  load linux from sdcard
  load pi3 from sdcard
  boot linux with pi3
}
