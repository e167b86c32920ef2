# A Pi 4 on a home network, whose boot folder is the root's own.
board rpi_4
server 192.168.178.10

network { dhcp proxy 192.168.178.0/24  tftp "/srv/tftp" }

nfsroot rootfs at "/srv/pi4" { version 4.1 }

client pi4 { serial "10000000abcdef01"  address "192.168.178.31" }

firmware on tftp for each client {
  files from "../raspberry-pi/boot"
  at "/srv/tftp"
  config { auto_initramfs 0 }
  cmdline { console "serial0,115200"  console tty1  root rootfs  "rootwait" }
}

# 1 first: with a card in it boots from that, without one from the network.
eeprom from "../raspberry-pi/bootconf.txt" { boot_order 0x21 }
