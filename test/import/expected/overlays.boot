# Imported from overlays.cmd. Look at these before you use it:
# - A step that fails ends the script here, or goes to the `else` of its `try`; there it went on.
# - Files are named as on the board: put them beside this file, or write where they are.
# - Addresses are left out: the compiler finds them.
# - 9 lines of the script had no statement, and stayed behind `uboot`.

board rpi_3    # a guess: `ubootc boards` lists them
server 192.168.0.250    # a guess: where the board's files are

script boot on sdcard "boot.scr" {
  # ubootc check boot.cmd --board orangepi_pc
  # Settings from a file on the card, overlays with the tree as it was to fall back to.
  set rootdev "/dev/mmcblk0p1"
  set verbosity "1"
  set load_addr "0x44000000"
  if exists "settings.txt" on sdcard {
    uboot "if load ${devtype} ${devnum}:${distro_bootpart} ${load_addr} ${prefix}settings.txt; then env import -t ${load_addr} ${filesize}; fi"
  }
  bootargs {
    root "${rootdev}"
    "rootwait loglevel=${verbosity} ${extraargs}"
  }
  uboot "load ${devtype} ${devnum}:${distro_bootpart} ${fdt_addr_r} ${prefix}dtb/${fdtfile} || reset"
  uboot "fdt addr ${fdt_addr_r}"
  uboot "fdt resize 65536"
  uboot "for name in ${overlays}; do if load ${devtype} ${devnum}:${distro_bootpart} ${load_addr} ${prefix}overlays/${name}.dtbo; then echo \"applying ${name}\"; fdt apply ${load_addr} || setenv overlay_error true; fi; done"
  if ${overlay_error} == "true" {
    print "an overlay did not fit: without all of them"
    uboot "load ${devtype} ${devnum}:${distro_bootpart} ${fdt_addr_r} ${prefix}dtb/${fdtfile} || reset"
  }
  uboot "load ${devtype} ${devnum}:${distro_bootpart} ${ramdisk_addr_r} ${prefix}uInitrd || reset"
  uboot "load ${devtype} ${devnum}:${distro_bootpart} ${kernel_addr_r} ${prefix}zImage || reset"
  uboot "bootz ${kernel_addr_r} ${ramdisk_addr_r} ${fdt_addr_r}"
}
