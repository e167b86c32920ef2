# ubootc check boot.cmd
export console=ttyS0
if [ "${console}" = ttyS0 ]; then
  echo serial
fi
prinenv
lod mmc 0:1 ${loadaddr} x
setnev a b
tftbpoot ${loadaddr} x
