# A network boot as a well-known article sets it up, line by line: what its boot.cmd does in U-Boot's
# own words stays in U-Boot's own words.

board rpi_3
server 192.168.0.250

kernel linux from "Image.gz" as uimage "linux-rpi3.uImage" { load 0x80000  entry 0x80000 }
dtb    pi3   from "bcm2837-rpi-3-b.dtb"
nfsroot rootfs at "/srv/rootfs_rpi3"

script boot on sdcard "boot.scr" {
  uboot "dhcp; tftpboot ${scriptaddr} 192.168.0.250:boot-rpi3.scr; source ${scriptaddr}"
}

script rpi3 on tftp "boot-rpi3.scr" {
  load linux to kernel_addr_r
  load pi3 to fdt_addr_r
  bootargs {
    console "tty1"
    "root=/dev/nfs nfsroot=192.168.0.250:/srv/rpi3fs,udp,vers=3 rw ip=dhcp rootwait"
  }
  boot linux with pi3
}
