# ubootc build flow.boot
# Two servers, asked in turn; which one first depends on the client.

board rpi_4
server 192.168.0.250, 192.168.0.251 { blocksize 1024  window 8  timeout 2s  tries 3 }

kernel linux from "Image.gz" as uimage
dtb    pi4   from "pi4.dtb"
nfsroot rootfs at "/srv/{client.name}/root" { version 4.2  options "nolock"  mode ro }
nfsroot home   at "/srv/home" { server 192.168.0.9  protocol udp }

client a { serial "10000000aaaaaaaa" }
client b { serial "10000000bbbbbbbb" }

script boot on sdcard "boot.scr" {
  dhcp
  chain netboot
}

script netboot on tftp "netboot-${serial#}.scr" for each client {
  bootargs { console "ttyS0,115200"  root rootfs  ip "192.168.0.31::192.168.0.1:255.255.255.0::eth0:off" }
  try { boot linux with pi4 } else {
    bootargs { root home }
    boot linux with pi4
  }
}
