# Imported from environment.cmd. Look at these before you use it:
# - A step that fails ends the script here, or goes to the `else` of its `try`; there it went on.
# - Files are named as on the board: put them beside this file, or write where they are.
# - Addresses are left out: the compiler finds them.

board rpi_3    # a guess: `ubootc boards` lists them
server 10.0.0.1

nfsroot rootfs at "/srv/root" { version 3  protocol tcp }

script boot on sdcard "boot.scr" {
  # ubootc check boot.cmd --board rpi_3
  # Commands kept for later, arguments put together, and only named variables from a file.
  set setargs "setenv bootargs console=\${console} root=\${rootdev} rootwait"
  set rootdev "/dev/mmcblk0p2"
  run setargs
  bootargs {
    root rootfs
  }
  bootargs {
    "${bootargs}"
    ip "dhcp"
  }
  if ${boot_count} != "1" {
    set boot_count "1"
    save
  }
}
