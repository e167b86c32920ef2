# ubootc build flow.boot
# 32-bit Arm: a zImage is started with bootz.

board am335x_evm
server 192.168.0.250

kernel linux from "zImage"
dtb    bone  from "bone.dtb"
initrd ram   from "initrd.gz"

script boot on sdcard "boot.scr" {
  dhcp
  bootargs { console "ttyO0,115200n8"  root "/dev/ram0" }
  try { boot linux with bone, ram } else { boot linux with bone }
}
