if test "${slot}" = "a"; then
  echo first
fi
if itest ${count} == 3; then
  echo third
fi
