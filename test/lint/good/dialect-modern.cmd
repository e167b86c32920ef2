# ubootc check boot.cmd --dialect modern
test -n "${a}" && echo set || echo unset
if ! test -n "${a}"; then echo "it's unset"; fi
load mmc 0:1 ${loadaddr} \
  file && echo 'C:\boot' &&
echo done
