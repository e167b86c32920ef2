board rpi_3
server 192.168.0.250
nfsroot rootfs at "/srv/rootfs_rpi3"

script main on tftp "main.scr" {
  bootargs "root=/dev/nfs nfsroot=192.168.0.250:/srv/rpi3fs,tcp ip=dhcp rw"
}
