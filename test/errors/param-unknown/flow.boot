# -D cosole=tty0
board rpi_3
param console "tty1"
