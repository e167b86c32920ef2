# café
board rpi_3
