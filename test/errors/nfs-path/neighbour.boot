board rpi_3
server 192.168.0.250
nfsroot rootfs at "/srv/rootfs_rpi3"

script main on tftp "main.scr" {
  bootargs "root=/dev/nfs nfsroot=192.168.0.250:/srv/rootfs_rpi3/bench-1,tcp ip=dhcp rw"
}
