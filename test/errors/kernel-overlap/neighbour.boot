board rpi_3
server 192.168.0.250
kernel linux from "Image" as uimage { load 0x80000 }

script main on tftp "main.scr" {
  boot linux
}
