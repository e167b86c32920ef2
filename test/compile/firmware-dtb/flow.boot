# ubootc build flow.boot
# The device tree that the Raspberry Pi's firmware left in memory, asked for or not.

board rpi_3
server 192.168.0.250

kernel linux from "Image.gz" as uimage
dtb    own   from firmware
initrd ram   from "initrd.gz" as uimage

script boot on sdcard "boot.scr" {
  dhcp
  try { boot linux with own, ram } else { boot linux }
}
