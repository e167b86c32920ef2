# ubootc check boot.cmd
test -n "${a}" && echo set || echo unset
if ! test -n "${a}"; then echo unset; fi
setenv b ${a:-default}
echo ''
echo 'a\b'
echo (a)
if test -n "${a}"; then exit; fi
true &&
echo behind
load mmc 0:1 \
  ${loadaddr} file
