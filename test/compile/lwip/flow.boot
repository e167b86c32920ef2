# ubootc build flow.boot
# A board with the lwIP stack: wget takes an address, TFTP knows no windows.

board qemu_arm64_lwip
server 192.168.0.250 { timeout 2s }

kernel linux from "Image"
file   bits  from "fpga.bit"

script boot on sdcard "boot.scr" {
  dhcp
  load bits from http
  load bits from http "/lab/boot"
  load bits from nfs "/srv"
  bootargs ""
  load linux from http
  boot linux
}
