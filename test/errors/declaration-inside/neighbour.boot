board rpi_3
kernel linux from "Image.gz" on tftp

script main on tftp "main.scr" {
  dhcp
}
