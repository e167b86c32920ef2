# ubootc build flow.boot
# U-Boot's own commands: one by one, and compound ones.

board qemu_arm64 { commands "mmc nfs" }
param part "0:1"

script boot on sdcard "boot.scr" {
  uboot "mmc dev 0"
  uboot "ls mmc {part} /boot"
  uboot "echo 'a # b; c' \"${serial#}\""
  uboot "true && echo both"
  uboot "for i in 1 2; do echo ${i}; done"
  uboot "if test -n \"${x}\"; then echo set; else false; fi"
  try {
    uboot "setenv copy ${original}"
  }
}
