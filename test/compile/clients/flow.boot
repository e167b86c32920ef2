# ubootc build flow.boot
# Clients from tables: what differs is decided when compiling, each gets a script of its own.

board rpi_3
server 192.168.0.250

kernel linux  from "Image.gz" as uimage "linux.uImage"
kernel rescue from "Image-rescue.gz" as uimage "rescue.uImage"
dtb    pi3    from "pi.dtb"
nfsroot rootfs at "/srv/{client.rootfs}"

clients from "lab.csv"
clients from "lab.json"
client desk { serial "00000000dddddddd"  slots 3 }
client * { kernel "linux"  dtb "pi3"  rootfs "common"  console "ttyS1,115200"  mode "nfs"  slots 1 }

script netboot on tftp "${serial#}/netboot.scr" for each client {
  if {client.mode} == "nfs" and not ({client.slots} > 2) {
    bootargs { console {client.console}  root rootfs }
  } else if {client.slots} >= 3 {
    bootargs { console {client.console}  root "/dev/sda{client.slots}" }
  } else if ${reset_reason} == {client.mode} {
    bootargs { console {client.console}  "init=/bin/sh" }
  }
  boot {client.kernel} with {client.dtb}
}
