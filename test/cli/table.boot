board qemu_arm64
server 192.168.0.250
kernel linux from "Image.gz" as uimage "linux.uImage"
dtb    own   from firmware
nfsroot rootfs at "/srv/rootfs"
clients from "lab.csv"

script boot on sdcard "boot.scr" {
  dhcp
  retry forever pause 5s { chain netboot }
}

script netboot on tftp "netboot-${serial#}.scr" for each client {
  bootargs {
    console {client.console}
    root rootfs
    "client={client.name}"
  }
  boot linux with own
}
