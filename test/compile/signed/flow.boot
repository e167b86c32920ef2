# ubootc build flow.boot
# A board that starts only what is signed: all of it is a FIT by default, kernels and what they are
# started with among them.
board qemu_arm64 { verified_boot yes }
server 192.168.0.250
sign "keys/dev.pem"

kernel linux from "Image.gz"
kernel rescue from "Image"
dtb    virt  from "board.dtb"
initrd ram   from "initrd.gz"

script boot on sdcard "boot.scr" { try { chain netboot } else { boot rescue } }
script netboot on tftp "netboot.scr" { boot linux with virt, ram }
