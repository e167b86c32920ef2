# ubootc check boot.cmd --board rpi_3
# The scripts of the article that this began with, as one.
setenv serverip 192.168.0.250
usb start
dhcp
tftp ${kernel_addr_r} linux-rpi3.uImage
tftp ${fdt_addr_r} bcm2837-rpi-3-b.dtb
setenv bootargs console=tty1 root=/dev/nfs nfsroot=192.168.0.250:/srv/rpi3fs rw ip=dhcp
bootm ${kernel_addr_r} - ${fdt_addr_r}
