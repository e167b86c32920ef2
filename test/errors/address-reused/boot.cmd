load mmc 0:1 ${loadaddr} zImage && load mmc 0:1 ${loadaddr} board.dtb && bootz ${loadaddr} - ${loadaddr}
