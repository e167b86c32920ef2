# ubootc check boot.cmd --dialect old
setenv b ${a:-default}
echo ''
echo (${b})
if test -n "${a}"; then
  exit
fi
