board rpi_3
param console
