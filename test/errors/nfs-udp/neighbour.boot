board rpi_3
server 192.168.0.250
nfsroot rootfs at "/srv/rootfs" { protocol tcp }

script main on tftp "main.scr" {
  bootargs { root rootfs }
}
