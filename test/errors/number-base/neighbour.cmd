if load mmc 0:1 42000000 Image; then
  echo loaded
fi
