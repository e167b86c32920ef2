# The zero client: its SD card holds firmware, U-Boot and one boot.scr that is never changed again.
# Kernel, device tree and kernel arguments come over TFTP, the root file system over NFS.

board rpi_3                                    # memory map, arch and commands come from the catalogue
server 192.168.0.250

kernel linux from "Image.gz" as uimage "linux-rpi3.uImage" { load 0x80000 }
dtb    pi3   from "bcm2837-rpi-3-b.dtb"
nfsroot rootfs at "/srv/rootfs_rpi3" { version 3  protocol tcp }

client bench-1 { serial "0000000012345678" }
client bench-2 { serial "00000000aabbccdd"  console "ttyS1,115200" }
client * { console "tty1" }                    # defaults; also declares the parameter

# On the SD card: fetch this board's own script and run it.
script boot on sdcard "boot.scr" {
  dhcp
  chain netboot
}

# On the server, one file per client: netboot-0000000012345678.scr ...
script netboot on tftp "netboot-${serial#}.scr" for each client {
  dhcp
  bootargs {
    console {client.console}
    root rootfs                                # root=/dev/nfs nfsroot=... ip=dhcp rw
    "net.ifnames=1 loglevel=7"
  }
  boot linux with pi3                          # loads what is not loaded yet, then the right boot command
}

# What `ubootc test` tries on a virtual board.
test "both boards boot, each with its own console" {
  expect boot linux with pi3 from tftp
  expect bootargs "console={client.console} root=/dev/nfs"
  within 30s
}

test "a board that nobody knows says so and stops" {
  client bench-1
  fault environment serial# "0000000000000000"
  expect fail "chain netboot"
  expect console "File not found"
}

test "half a kernel is not started" {
  client bench-1
  fault tftp linux short
  expect fail "boot linux"
  expect no console "Starting kernel"
}

test "the kernel that is there is not started without its device tree" {
  client bench-1
  fault tftp pi3 timeout
  expect fail "load pi3"
  expect no console "Starting kernel"
}
