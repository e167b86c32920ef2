# ubootc check boot.cmd --board rpi_2
setenv initrd_high 0x30000000
