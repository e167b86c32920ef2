load mmc 0:1 ${ramdisk_addr_r} rootfs.cpio.uboot && bootz ${kernel_addr_r} ${ramdisk_addr_r} ${fdt_addr_r}
