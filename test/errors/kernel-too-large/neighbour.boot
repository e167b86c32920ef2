board rpi_3
server 192.168.0.250
kernel linux from "huge.gz"

script boot on sdcard "boot.scr" {
  boot linux
}
