# Imported from distro.cmd. Look at these before you use it:
# - A step that fails ends the script here, or goes to the `else` of its `try`; there it went on.
# - Files are named as on the board: put them beside this file, or write where they are.
# - Addresses are left out: the compiler finds them.
# - 1 line of the script had no statement, and stayed behind `uboot`.

board rpi_3    # a guess: `ubootc boards` lists them
server 192.168.0.250    # a guess: where the board's files are

script boot on sdcard "boot.scr" {
  # ubootc check boot.cmd --board pine64_plus
  # As distributions do it: everything from the partition that the script came from.
  if not defined fdtfile {
    set fdtfile "allwinner/sun50i-a64-pine64-plus.dtb"
  }
  bootargs {
    console "${console}"
    root "PARTUUID=${uuid}"
    "rootwait"
  }
  uboot "if load ${devtype} ${devnum}:${distro_bootpart} ${kernel_addr_r} ${prefix}Image; then if load ${devtype} ${devnum}:${distro_bootpart} ${fdt_addr_r} ${prefix}dtb/${fdtfile}; then if load ${devtype} ${devnum}:${distro_bootpart} ${ramdisk_addr_r} ${prefix}initrd.img; then booti ${kernel_addr_r} ${ramdisk_addr_r}:${filesize} ${fdt_addr_r}; else booti ${kernel_addr_r} - ${fdt_addr_r}; fi; fi; fi"
  print "nothing to boot on ${devtype} ${devnum}"
}
