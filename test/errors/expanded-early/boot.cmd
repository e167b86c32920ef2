setenv bootcmd "load mmc 0:1 0x42000000 boot.scr && crc32 0x42000000 ${filesize}"
