board rpi_3
server 192.168.0.250
kernel linux from "Image.gz"

script main on tftp "main.scr" {
  boot linux
}
