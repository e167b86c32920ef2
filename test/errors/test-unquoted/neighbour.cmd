setenv slot a
if test ${slot} = a; then
  echo first
fi
if test "${other}" = a; then
  echo first
fi
