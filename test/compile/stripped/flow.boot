# ubootc build flow.boot --strip
# Without comments and indentation.

board qemu_arm64
server 192.168.0.250

kernel linux from "Image.gz" as uimage
dtb    own   from firmware

script boot on sdcard "boot.scr" {
  dhcp                                         # no comment is left
  retry 2 pause 1s {
    if defined args { bootargs "${args}" } else { bootargs "quiet" }
    boot linux with own
  }
}
