board rpi_3
server 192.168.0.250
kernel linux from "Image" as uimage { compress gzip load 0x80000 }

script main on tftp "main.scr" {
  load linux to kernel_addr_r
  boot linux
}
