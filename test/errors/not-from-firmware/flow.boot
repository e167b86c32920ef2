board rpi_3
kernel linux from firmware
