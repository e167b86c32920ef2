board rpi_3
server 192.168.0.250
kernel linux from "Image.gz" as uimage { compress gzip }

script main on tftp "main.scr" {
  boot linux
}
