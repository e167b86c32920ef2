# ubootc check boot.cmd --board orangepi_pc
# Settings from a file on the card, overlays with the tree as it was to fall back to.
setenv rootdev /dev/mmcblk0p1
setenv verbosity 1
setenv load_addr 0x44000000
if test -e ${devtype} ${devnum}:${distro_bootpart} ${prefix}settings.txt; then
  if load ${devtype} ${devnum}:${distro_bootpart} ${load_addr} ${prefix}settings.txt; then
    env import -t ${load_addr} ${filesize}
  fi
fi
setenv bootargs "root=${rootdev} rootwait loglevel=${verbosity} ${extraargs}"
load ${devtype} ${devnum}:${distro_bootpart} ${fdt_addr_r} ${prefix}dtb/${fdtfile} || reset
fdt addr ${fdt_addr_r}
fdt resize 65536
for name in ${overlays}; do
  if load ${devtype} ${devnum}:${distro_bootpart} ${load_addr} ${prefix}overlays/${name}.dtbo; then
    echo "applying ${name}"
    fdt apply ${load_addr} || setenv overlay_error true
  fi
done
if test "${overlay_error}" = "true"; then
  echo "an overlay did not fit: without all of them"
  load ${devtype} ${devnum}:${distro_bootpart} ${fdt_addr_r} ${prefix}dtb/${fdtfile} || reset
fi
load ${devtype} ${devnum}:${distro_bootpart} ${ramdisk_addr_r} ${prefix}uInitrd || reset
load ${devtype} ${devnum}:${distro_bootpart} ${kernel_addr_r} ${prefix}zImage || reset
bootz ${kernel_addr_r} ${ramdisk_addr_r} ${fdt_addr_r}
