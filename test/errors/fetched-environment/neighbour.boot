board rpi_3
server 192.168.0.250
file settings from "notes.txt"

script main on tftp "main.scr" {
  load settings to loadaddr from mmc 0:1
  uboot "env import -t ${loadaddr} ${filesize}"
}
