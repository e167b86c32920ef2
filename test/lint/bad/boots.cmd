# ubootc check boot.cmd --board rpi_3
setenv fdt_high 0xffffffffffffffff
setenv initrd_high 0xffffffff
load mmc 0:1 ${kernel_addr_r} Image || reset
load mmc 0:1 ${ramdisk_addr_r} initramfs.cpio.gz || reset
load mmc 0:1 ${fdt_addr_r} bcm2837-rpi-3-b.dtb || reset
booti ${kernel_addr_r} ${ramdisk_addr_r}:${filesize} ${fdt_addr_r}
booti ${kernel_addr_r} ${ramdisk_addr_r} ${fdt_addr_r}
bootz ${kernel_addr_r} - ${fdt_addr_r}
bootm ${kernel_addr_r} - ${fdt_addr_r}
load mmc 0:1 ${scriptaddr} more.scr && bootm ${scriptaddr}
load mmc 0:1 0x38000000 top.bin || reset
load mmc 0:1 ${overlay_addr_r} a.dtbo && fdt apply ${overlay_addr_r}
