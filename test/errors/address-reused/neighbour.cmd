load mmc 0:1 ${loadaddr} zImage && load mmc 0:1 ${fdt_addr_r} board.dtb && bootz ${loadaddr} - ${fdt_addr_r}
