board qemu_arm64 { fit_signature no }
server 192.168.0.250
kernel linux from "Image.gz"
fit os { kernel linux  sign "dev.pem" }

script main on tftp "main.scr" {
  boot os
}
