# The card of the zero client, whole: firmware, U-Boot, and the script that fetches the rest.
board rpi_3
server 192.168.0.250

network { dhcp range 192.168.0.100..192.168.0.199 }

kernel linux from "../zero-client/Image.gz" as uimage
dtb    pi3   from "../zero-client/bcm2837-rpi-3-b.dtb"
nfsroot rootfs at "/srv/rootfs_rpi3"

client bench-1 { serial "0000000012345678"  mac b8:27:eb:12:34:56  address 192.168.0.31 }

firmware on sdcard {
  files from "../raspberry-pi/boot/bootcode.bin"
  files from "../raspberry-pi/boot/start.elf"
  files from "../raspberry-pi/boot/fixup.dat"
  files from "u-boot.bin"
  config { kernel "u-boot.bin"  arm_64bit 1  enable_uart 1 }
}

script boot on sdcard "boot.scr" {
  dhcp
  retry forever pause 5s { chain netboot }
}

script netboot on tftp "netboot-${serial#}.scr" for each client {
  bootargs { console "ttyS1,115200"  root rootfs }
  boot linux with pi3
}
