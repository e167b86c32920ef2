# ubootc build flow.boot
# Every statement, one after the other.

board qemu_arm64 { commands "mmc nfs" }
server 192.168.0.250

kernel linux from "Image.gz" as uimage { load 0x48000000 }
dtb    tree  from "board.dtb"
initrd ram   from "initrd.gz"
file   bits  from "fpga.bit"

client bench-1 { serial "0000000012345678"  mac "52:54:00:00:00:01" }

script boot on sdcard "boot.scr" {
  network static { address 192.168.0.31  netmask 255.255.255.0  gateway 192.168.0.1  dns 192.168.0.1 }
  ping 192.168.0.250
  dhcp
  load bits
  load bits to 0x50000000
  set greeting "a b, \"c\", $d; e & f | g # h \{i} ${serial#}"
  set empty ""
  set counter 3
  unset greeting
  save
  print "hello ${serial#}, it is done (well)!"
  print ""
  sleep 2s
  sleep 500ms
  sleep 1min
  run preboot
  uboot "mmc list"
  if defined fallback { poweroff }
  chain netboot
  chain netboot to 0x47000000
  chain local
  fail "the script came back"
}

script local on sdcard "scripts/local.scr" {
  print "from the card"
  reset
}

script netboot on tftp "boards/${serial#}/{id}.scr" for each client {
  bootargs {
    console "ttyAMA0,115200n8"
    root "/dev/ram0"
    ip dhcp
    "quiet loglevel=7"
    "serial=${serial#}"
    "client={client.name}"
  }
  boot linux with tree, ram
}

param id "main"
