board rpi_3
server 192.168.0.250
file bits from "Image"

script main on tftp "main.scr" {
  load bits from nfs "/srv/boot"
}
