# ubootc check boot.cmd --board rpi_3
# A board's own script from the server, and what to do without one.
setenv autoload no
setenv server 192.168.0.250
if dhcp; then
  if tftpboot ${scriptaddr} ${server}:boards/${serial#}.scr; then
    source ${scriptaddr}
  elif tftpboot ${kernel_addr_r} ${server}:linux/Image && tftpboot ${fdt_addr_r} ${server}:linux/board.dtb; then
    setenv bootargs "console=tty1 root=/dev/nfs nfsroot=${server}:/srv/root,vers=3,tcp ip=dhcp rw"
    booti ${kernel_addr_r} - ${fdt_addr_r}
  fi
fi
sleep 5
reset
