# ubootc check boot.cmd --dialect old
test -n "${a}" && echo set || echo unset
if ! test -n "${a}"; then echo unset; fi
setenv b ${a:-default}
exit ${a}
echo 'a\b'
