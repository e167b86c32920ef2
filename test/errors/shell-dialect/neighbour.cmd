if run netboot; then
  echo booting
else
  run mmcboot
fi
