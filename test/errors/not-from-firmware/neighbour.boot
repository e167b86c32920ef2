board rpi_3
dtb own from firmware
