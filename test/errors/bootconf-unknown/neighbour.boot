board rpi_4

eeprom from "good.txt" { boot_order 0xf21 }
