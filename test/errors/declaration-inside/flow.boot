board rpi_3
server 192.168.0.250

script main on tftp "main.scr" {
  dhcp
  kernel linux from "Image.gz"
  boot linux
}
