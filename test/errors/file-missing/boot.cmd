# ubootc check boot.cmd --board rpi_3 --root .
load mmc 0:1 ${kernel_addr_r} Imgae || reset
booti ${kernel_addr_r} - ${fdt_addr}
