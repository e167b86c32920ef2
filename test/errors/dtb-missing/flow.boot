board rock5b-rk3588
server 192.168.0.250
kernel linux from "Image.gz"
dtb own from firmware

script main on tftp "main.scr" {
  boot linux with own
}
