board rpi_3
server 192.168.0.250
file big from "huge.img"

script main on tftp "main.scr" {
  load big
}
