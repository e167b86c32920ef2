board qemu_arm64_lwip

script main on tftp "main.scr" {
  uboot "tftpboot ${loadaddr} 192.168.0.250:notes.txt"
}
