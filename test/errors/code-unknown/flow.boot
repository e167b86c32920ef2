board rpi_3
server 192.168.0.250
dtb pi3 from "pi3.dtb"
initrd initrd from "initrd.img"

script main on tftp "main.scr" {
  load pi3 to 0x04000000
  allow little-headrom "this initrd never grows"
  load initrd to 0x02000000
}
