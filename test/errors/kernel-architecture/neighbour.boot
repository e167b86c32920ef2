board rpi_3_32b
server 192.168.0.250
kernel linux from "zImage"

script main on tftp "main.scr" {
  boot linux
}
