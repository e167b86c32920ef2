if test "${slot}" == "a"; then
  echo first
fi
