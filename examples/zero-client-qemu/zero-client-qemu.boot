# The zero client for QEMU's virt machine, so that the chain can be run on any desk.
# Its disk takes the place of the SD card, and the machine brings its own device tree.

board qemu_arm64
server 192.168.0.250

kernel linux  from "Image.gz" as uimage "linux.uImage"
kernel rescue from "fallback.gz" as uimage "rescue.uImage"
dtb    own    from firmware
nfsroot rootfs at "/srv/rootfs" { version 3  protocol tcp }

client bench-1 { serial "0000000012345678" }
client bench-2 { serial "00000000aabbccdd"  console "ttyAMA0,115200" }
client * { console "ttyAMA0" }

script boot on sdcard "boot.scr" {
  dhcp
  try {
    retry 3 pause 1s { chain netboot }
  } else {
    chain fallback                             # a board nobody knows still comes up
  }
}

script netboot on tftp "netboot-${serial#}.scr" for each client {
  bootargs {
    console {client.console}
    root rootfs
    "client={client.name}"
  }
  boot linux with own
}

script fallback on tftp "fallback.scr" {
  bootargs "rescue"
  boot rescue with own
}
