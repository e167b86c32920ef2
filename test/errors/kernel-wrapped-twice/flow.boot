board rpi_3
server 192.168.0.250
kernel linux from "linux.uImage" as uimage "linux-rpi3.uImage"

script main on tftp "main.scr" {
  boot linux
}
