# Imported from distro.cmd. Look at these before you use it:
# - A step that fails leaves its block. Where the script went on all the same, the step stands in a `try`:
#   remove the `try`, and the script stops there and says so.
# - Files are loaded by name to the script's own addresses: nothing of them is checked.

board rpi_3    # a guess: `ubootc boards` lists them

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
  try { load "${prefix}Image" to ${kernel_addr_r} from device "${devtype} ${devnum}:${distro_bootpart}" } then {
    try { load "${prefix}dtb/${fdtfile}" to ${fdt_addr_r} from device "${devtype} ${devnum}:${distro_bootpart}" } then {
      try { load "${prefix}initrd.img" to ${ramdisk_addr_r} from device "${devtype} ${devnum}:${distro_bootpart}" } then {
        try { boot booti at ${kernel_addr_r} with initrd "${ramdisk_addr_r}:${filesize}", dtb ${fdt_addr_r} }
      } else {
        try { boot booti at ${kernel_addr_r} with dtb ${fdt_addr_r} }
      }
    }
  }
  print "nothing to boot on ${devtype} ${devnum}"
}
