# boot.cmd
setenv bootargs console=ttyS0,115200 root=/dev/mmcblk0p2
if load mmc 0:1 ${kernel_addr_r} Image; then
  booti ${kernel_addr_r} - ${fdt_addr}
fi
