# ubootc build flow.boot
# A file from every device, and a question to each that can be asked.

board qemu_arm64 { commands "mmc nfs" }
server 192.168.0.250
param number 1

file bits from "fpga.bit"

client bench-1 { folder "lab-7" }

script boot on sdcard "boot.scr" {
  load bits
  load bits from tftp
  load bits from http
  load bits from http "/boot"
  load bits from nfs
  load bits from nfs "/srv/boot"
  load bits from sdcard
  load bits from mmc
  load bits from mmc 1
  load bits from mmc 1:12
  load bits from usb 0:1
  load bits from nvme {number}
  load bits from virtio 0:1
  load bits from sata 0:1
  if exists "flag" on sdcard { print "on the card" }
  if exists "flag" on usb 0:1 or exists "flag" on nvme 0:1 { print "on a stick or a disk" }
  if not exists "flag" on mmc 0:10 { print "not on the card" }
  load bits to ramdisk_addr_r from virtio 0:1
}

script own on tftp "own.scr" {
  chain boot from sdcard
}

script each on tftp "{client.name}.scr" for each client {
  load bits from nfs "/srv/{client.folder}"
}
