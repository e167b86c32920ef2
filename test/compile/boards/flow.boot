# ubootc build flow.boot
# Clients with boards of their own: what they share on the card is there for each kind of board.

board rpi_3
board big from rpi_4 { memory 4G  kernel_addr_r 0x00200000 }
server 192.168.0.250

kernel linux from "Image.gz" as uimage { load 0x02000000 }
dtb    pi3   from "pi.dtb"
dtb    pi4   from "pi4.dtb" on sdcard

client * { dtb "pi3" }
client a { serial "00000000aaaaaaaa" }
client b { serial "00000000bbbbbbbb"  board "big"  dtb "pi4" }

script boot on sdcard "boot.scr" {
  dhcp
  try { chain netboot } else { chain fallback }
}

script fallback on tftp "fallback.scr" { fail "nobody knows this board" }

script netboot on tftp "netboot-${serial#}.scr" for each client {
  bootargs { console "ttyS1,115200"  root "/dev/mmcblk0p2" }
  boot linux with {client.dtb}
}
