board raspi_3
