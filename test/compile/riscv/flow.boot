# ubootc build flow.boot
# RISC-V, where a kernel moves to a fixed place; packed by the compiler, and as it is.

board microchip_mpfs_generic
server 192.168.0.250

kernel plain  from "Image-riscv"
kernel packed from "Image-riscv" as "Image.gz" { compress gzip }
kernel image  from "Image-riscv.gz" as uimage { load 0x88000000  name "Linux for RISC-V" }
dtb    tree   from "mpfs.dtb" as "board.dtb"

script plain on sdcard "boot.scr" {
  boot plain with tree
}
script packed on sdcard "packed.scr" {
  boot packed with tree
}
script image on sdcard "image.scr" {
  boot image with tree
}
