# ubootc check boot.cmd --board rpi_3
setenv bootcmd 'run netboot; saveenv'
setenv netboot "dhcp 0x1000000 boot.scr && crc32 0x1000000 ${filesize}; run mmcboot"
setenv boot_count 1
boot_count=2
run netboot
tftpboot 0x1000000 10.0.0.1:uEnv.txt && env import -t 0x1000000 ${filesize}
setenv bootargs root=/dev/nfs nfsroot=10.0.0.1:/srv/root,udp rw
setenv bootargs 'console=${console}'
saveenv
bootm ${loadaddr}
