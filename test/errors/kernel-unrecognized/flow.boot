board qemu-riscv64
server 10.0.2.2
kernel linux from "garbage.bin" as uimage

script main on tftp "main.scr" {
  boot linux
}
