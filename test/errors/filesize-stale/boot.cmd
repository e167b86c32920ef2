load mmc 0:1 ${ramdisk_addr_r} initrd.gz && load mmc 0:1 ${fdt_addr_r} board.dtb && booti ${kernel_addr_r} ${ramdisk_addr_r}:${filesize} ${fdt_addr_r}
