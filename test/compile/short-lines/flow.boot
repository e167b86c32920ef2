# ubootc build flow.boot
# A board that reads lines of 256 characters: kernel arguments come in several.

board starfive_visionfive2
server 192.168.0.250

kernel linux from "Image-riscv.gz"
dtb    tree  from "starfive.dtb"
initrd ram   from "initrd.gz"
nfsroot rootfs at "/srv/rootfs"

client a { serial "0001" }

script netboot on tftp "netboot-{client.serial}.scr" for each client {
  dhcp
  bootargs {
    console "ttyS0,115200"
    root rootfs
    "earlycon=sbi loglevel=7 systemd.unit=rescue.target panic=10 clk_ignore_unused"
    "net.ifnames=0"
    "lab.client={client.name}"
    "lab.seen=${ipaddr},${netmask}"
  }
  boot linux with tree, ram
}
