setenv autoload no
if dhcp && tftpboot ${kernel_addr_r} 192.168.0.250:Image; then
  echo loaded
fi
