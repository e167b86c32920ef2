if test -e mmc 0:1 flag; then
  echo found
