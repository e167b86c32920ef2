board rpi_3
server 192.168.0.250
kernel linux from "Image"

script main on tftp "main.scr" {
  load linux to kernel_addr_r
  uboot "booti ${kernel_addr_r} - ${fdt_addr}"
}
