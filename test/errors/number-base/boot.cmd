if load mmc 0:1 1107296256 Image; then
  echo loaded
fi
