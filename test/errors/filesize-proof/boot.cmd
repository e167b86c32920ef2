load mmc 0:1 ${loadaddr} f
if test -n "${filesize}"; then echo there; fi
