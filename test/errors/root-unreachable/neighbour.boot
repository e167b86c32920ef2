board rpi_3

script main on tftp "main.scr" {
  bootargs "root=/dev/nfs nfsroot=192.168.0.250:/srv/rootfs rw ip=dhcp"
}
