part uuid mmc 0:2 u
setenv bootargs root=PARTUUID=${u}
