board rpi_3
server 192.168.0.250
kernel linux from "garbage.bin" as uimage

script main on tftp "main.scr" {
  boot linux
}
