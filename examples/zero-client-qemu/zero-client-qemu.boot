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

test "every client boots" {
  expect boot linux with own from tftp
  expect bootargs "client={client.name}"
  at most 200 packets
}

test "a board that nobody knows boots the rescue system" {
  client bench-1
  fault environment serial# unset
  expect boot rescue with own
  expect bootargs exactly "rescue"
}

test "the server is back at the third attempt" {
  client bench-1
  fault tftp netboot timeout times 2
  expect boot linux
  expect console "attempt 2 of 3"
}

test "no rescue system comes from a server that is down" {
  client bench-1
  fault server 192.168.0.250 timeout
  expect fail "chain fallback"
  expect no console "Starting kernel"
}
