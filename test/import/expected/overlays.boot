# Imported from overlays.cmd. Look at these before you use it:
# - A step that fails leaves its block. Where the script went on all the same, the step stands in a `try`:
#   remove the `try`, and the script stops there and says so.
# - Files are loaded by name to the script's own addresses: nothing of them is checked.

board rpi_3    # a guess: `ubootc boards` lists them

script boot on sdcard "boot.scr" {
  # ubootc check boot.cmd --board orangepi_pc
  # Settings from a file on the card, overlays with the tree as it was to fall back to.
  set rootdev "/dev/mmcblk0p1"
  set verbosity "1"
  set load_addr "0x44000000"
  if exists "${prefix}settings.txt" on device "${devtype} ${devnum}:${distro_bootpart}" {
    try { load "${prefix}settings.txt" to ${load_addr} from device "${devtype} ${devnum}:${distro_bootpart}" } then {
      try { import env at ${load_addr} size ${filesize} }
    }
  }
  bootargs {
    root "${rootdev}"
    "rootwait loglevel=${verbosity} ${extraargs}"
  }
  try { load "${prefix}dtb/${fdtfile}" to ${fdt_addr_r} from device "${devtype} ${devnum}:${distro_bootpart}" } else {
    reset
  }
  try { fdt addr ${fdt_addr_r} }
  try { fdt resize 65536 }
  for each name in ${overlays} {
    try { load "${prefix}overlays/${name}.dtbo" to ${load_addr} from device "${devtype} ${devnum}:${distro_bootpart}" } then {
      print "applying ${name}"
      try { fdt apply ${load_addr} } else {
        set overlay_error "true"
      }
    }
  }
  if ${overlay_error} == "true" {
    print "an overlay did not fit: without all of them"
    try { load "${prefix}dtb/${fdtfile}" to ${fdt_addr_r} from device "${devtype} ${devnum}:${distro_bootpart}" } else {
      reset
    }
  }
  try { load "${prefix}uInitrd" to ${ramdisk_addr_r} from device "${devtype} ${devnum}:${distro_bootpart}" } else {
    reset
  }
  try { load "${prefix}zImage" to ${kernel_addr_r} from device "${devtype} ${devnum}:${distro_bootpart}" } else {
    reset
  }
  try { boot bootz at ${kernel_addr_r} with initrd ${ramdisk_addr_r}, dtb ${fdt_addr_r} }
}
