load mmc 0:1 ${scriptaddr} own.scr && source ${scriptaddr}
