board rpi_4

eeprom { boot_order 0xf21 }
