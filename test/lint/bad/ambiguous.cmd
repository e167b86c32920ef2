# ubootc check boot.cmd --board qemu_arm64_lwip
setenv autoload no
if dhcp; then
  setenv serverip 10.0.0.1
  tftp ${kernel_addr_r} Image && booti ${kernel_addr_r} - ${fdt_addr}
fi
