board rpi_3
server 192.168.0.250
kernel linux from "Image.gz"
dtb pi3 from "labelled.dtb"
overlay spi from "spi.dtbo"

script main on tftp "main.scr" {
  boot linux with pi3, spi
}
