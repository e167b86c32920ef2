board rpi_4
client kitchen { serial "10000000abcdef01"  mac "dc:a6:32:01:36:c2" }

firmware on tftp for each client {
  config { enable_uart 1 }
}

eeprom { boot_order 0xf41  tftp_prefix 0 }
