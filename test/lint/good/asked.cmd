# The status is asked for in other ways: $?, what was loaded, or `||`.
setenv filesize
tftpboot ${loadaddr} 10.0.0.1:boot.scr
if test $? -eq 0; then
  source ${loadaddr}
fi
setenv filesize
load mmc 0:1 ${loadaddr} boot.scr
if test -n "${filesize}"; then
  source ${loadaddr}
fi
load mmc 0:1 ${loadaddr} boot.scr
if iminfo ${loadaddr}; then
  source ${loadaddr}
fi
load usb 0:1 ${loadaddr} boot.scr || echo "no stick"
load mmc 0:1 ${fdt_addr_r} splash.bmp
echo done
