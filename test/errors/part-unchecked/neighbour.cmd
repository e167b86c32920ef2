if part uuid mmc 0:2 u; then setenv bootargs root=PARTUUID=${u}; fi
