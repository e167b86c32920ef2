board rpi_3
server 192.168.0.250
kernel linux from "huge.gz" as uimage

script main on tftp "main.scr" {
  boot linux
}
