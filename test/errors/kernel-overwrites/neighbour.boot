board rpi_3
server 192.168.0.250
kernel linux from "Image" as uimage { load 0x80000 }
dtb pi3 from "pi3.dtb"

script main on tftp "main.scr" {
  load pi3 to 0x02600000
  boot linux with pi3
}
