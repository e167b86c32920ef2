# Everything joined, so that a failure ends the row.
setenv rootdev "/dev/mmcblk${devnum}p2"
setenv bootargs "console=ttyS0,115200 root=${rootdev} rootwait ro"
load mmc 0:1 ${ramdisk_addr_r} initrd.gz && setenv initrd_size ${filesize} && load mmc 0:1 ${fdt_addr_r} board.dtb && load mmc 0:1 ${kernel_addr_r} zImage && bootz ${kernel_addr_r} ${ramdisk_addr_r}:${initrd_size} ${fdt_addr_r}
reset
