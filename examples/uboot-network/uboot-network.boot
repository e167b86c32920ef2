# No card at all: the Pi's own firmware fetches U-Boot, U-Boot its scripts, and they the rest.
board rpi_3
server 192.168.0.250

network { dhcp range 192.168.0.100..192.168.0.199 }

kernel linux from "../zero-client/Image.gz" as uimage
dtb    pi3   from "../zero-client/bcm2837-rpi-3-b.dtb"
nfsroot rootfs at "/srv/rootfs_rpi3"

client bench-1 { serial "0000000012345678"  mac b8:27:eb:12:34:56  address 192.168.0.31 }

# To the firmware U-Boot is a kernel. It asks in the folder named for the serial number.
firmware on tftp for each client {
  files from "../raspberry-pi/boot/bootcode.bin"
  files from "../raspberry-pi/boot/start.elf"
  files from "../raspberry-pi/boot/fixup.dat"
  files from "../raspberry-pi/boot/bcm2710-rpi-3-b.dtb"
  files from "../uboot-card/u-boot.bin"
  config { kernel "u-boot.bin"  arm_64bit 1  enable_uart 1 }
}

# The name that U-Boot asks for by itself, once it found nothing on a card.
script boot on tftp "boot.scr.uimg" {
  retry forever pause 5s { chain netboot }
}

script netboot on tftp "netboot-${serial#}.scr" for each client {
  bootargs { console "ttyS1,115200"  root rootfs }
  boot linux with pi3
}

test "every client boots" {
  expect boot linux with pi3 from tftp
}
