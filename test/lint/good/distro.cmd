# ubootc check boot.cmd --board pine64_plus
# As distributions do it: everything from the partition that the script came from.
if test -z "${fdtfile}"; then
  setenv fdtfile allwinner/sun50i-a64-pine64-plus.dtb
fi
setenv bootargs "console=${console} root=PARTUUID=${uuid} rootwait"
if load ${devtype} ${devnum}:${distro_bootpart} ${kernel_addr_r} ${prefix}Image; then
  if load ${devtype} ${devnum}:${distro_bootpart} ${fdt_addr_r} ${prefix}dtb/${fdtfile}; then
    if load ${devtype} ${devnum}:${distro_bootpart} ${ramdisk_addr_r} ${prefix}initrd.img; then
      booti ${kernel_addr_r} ${ramdisk_addr_r}:${filesize} ${fdt_addr_r}
    else
      booti ${kernel_addr_r} - ${fdt_addr_r}
    fi
  fi
fi
echo "nothing to boot on ${devtype} ${devnum}"
