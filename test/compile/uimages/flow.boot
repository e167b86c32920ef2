# ubootc build flow.boot
# Legacy images: made here with a load address or without, and one that came ready.

board qemu_arm64
server 192.168.0.250

kernel chosen from "Image.gz" as uimage
kernel fixed  from "Image.gz" as uimage "boot/fixed.uImage" { load 0x48000000  entry 0x48000000  name "by hand" }
kernel packed from "Image" as uimage { compress gzip }
kernel plain  from "Image" as uimage
kernel vendor from "vendor.uImage"
dtb    tree   from "board.dtb"
initrd ram    from "initrd.gz" as uimage
initrd raw    from "initrd.gz" as "raw.cpio.gz"

script boot on sdcard "boot.scr" {
  dhcp
  try { boot chosen with tree, ram } else {
    try { boot fixed with tree, raw } else { boot vendor with tree }
  }
}
script others on tftp "others.scr" {
  try { boot packed with tree, ram } else { boot plain with tree }
}
