# ubootc build flow.boot
# x86: zboot takes sizes as words of their own.

board qemu-x86_64
server 192.168.0.250

kernel linux from "bzImage"
initrd ram   from "initrd.gz"

script boot on sdcard "boot.scr" {
  dhcp
  bootargs "console=ttyS0"
  try { boot linux with ram } else { boot linux }
}
