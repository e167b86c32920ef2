board rpi_3
server 192.168.0.250
kernel linux from "Image.gz"
kernel rescue from "Image"

script main on tftp "main.scr" {
  try { boot linux }
  boot rescue
}
