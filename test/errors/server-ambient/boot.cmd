setenv autoload no
if dhcp && tftpboot ${kernel_addr_r} Image; then
  echo loaded
fi
