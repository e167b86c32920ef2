# One Pi, known by its MAC address, whose card holds nothing but bootcode.bin.
board rpi_3
server 192.168.1.10

# The only DHCP server here: the router's own is switched off.
network {
  dhcp range 192.168.1.100..192.168.1.199
  lease 12h  router 192.168.1.1  dns 192.168.1.1  interface eth0
  tftp "/srv/tftp"
}

nfsroot rootfs at "/srv/media" { export "async" }

client media { serial "00000000c0ffee01"  mac "b8:27:eb:c0:ff:ee"  address "192.168.1.31" }

firmware on tftp for each client {
  files from "../raspberry-pi/boot"
  at "/srv/tftp"
  ssh yes
  config { auto_initramfs 0 }
  cmdline { console tty1  root rootfs  "rootwait" }
}

# For models whose ROM cannot boot from the network, or does it badly.
firmware on sdcard { files from "../raspberry-pi/boot/bootcode.bin" }
