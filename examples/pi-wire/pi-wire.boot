# Boards on a wire of their own, all from one folder and with one root.
board rpi_4
server 10.42.0.1

network {
  dhcp range 10.42.0.100..10.42.0.199
  lease 12h  router 10.42.0.1  dns "10.42.0.1, 9.9.9.9"  interface eth1
  tftp "/srv/tftp"
}

nfsroot rootfs at "/srv/nodes/shared" { version 4.1  protocol tcp  mode ro  to 10.42.0.0/24 }

client node-1 { serial "10000000abcdef01" }
client node-2 { serial "1000000012345678" }

# Nothing is found in the folder of a board's own, so that all boot from this one.
firmware on tftp {
  files from "../raspberry-pi/boot"
  at "/srv/tftp"
  config { auto_initramfs 0 }
  cmdline { console "serial0,115200"  root rootfs  "rootwait" }
}
