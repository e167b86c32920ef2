# ubootc check boot.cmd --board rpi_3 --root .
load mmc 0:1 ${loadaddr} uEnv.txt && env import -t -r ${loadaddr} ${filesize}
