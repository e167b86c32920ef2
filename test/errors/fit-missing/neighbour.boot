board rpi_3 { fit yes }
server 192.168.0.250
kernel linux from "Image.gz"
fit os { kernel linux }

script main on tftp "main.scr" {
  boot os
}
