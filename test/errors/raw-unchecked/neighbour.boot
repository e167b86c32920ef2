board rpi_3

script main on tftp "main.scr" {
  uboot "setenv autoload no; dhcp && tftpboot ${scriptaddr} 192.168.0.250:x.scr && source ${scriptaddr}"
}
