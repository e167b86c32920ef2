board rpi_4

eeprom from "bootconf.txt" { boot_order 0xf21 }
