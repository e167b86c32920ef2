board rpi_3
param lab "north"
include "{lab}.boot"
