# ubootc build flow.boot
# 64-bit Arm kernels as they are: plain, compressed, with an initrd and its size.

board rpi_3
server 192.168.0.250

kernel plain  from "Image"
kernel packed from "Image.gz"
dtb    pi     from "pi.dtb"
initrd ram    from "initrd.gz"

script plain on sdcard "boot.scr" {
  dhcp
  boot plain with pi
}
script packed on sdcard "packed.scr" {
  load packed from sdcard
  load ram from sdcard
  load pi from sdcard
  boot packed with ram, pi
}
