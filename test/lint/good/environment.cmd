# ubootc check boot.cmd --board rpi_3
# Commands kept for later, arguments put together, and only named variables from a file.
setenv setargs 'setenv bootargs console=${console} root=${rootdev} rootwait'
setenv rootdev /dev/mmcblk0p2
run setargs
setenv bootargs "root=/dev/nfs nfsroot=10.0.0.1:/srv/root,vers=3,tcp rw"
setenv bootargs "${bootargs} ip=dhcp"
if test "${boot_count}" != 1; then
  setenv boot_count 1
  saveenv
fi
