board rpi_3
