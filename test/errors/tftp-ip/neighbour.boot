board rpi_4
server 192.168.4.1
client kitchen { serial "10000000abcdef01"  mac "dc:a6:32:01:36:c2" }

firmware on tftp for each client {
  config { enable_uart 1 }
}

eeprom from "bootconf.txt" { boot_order 0xf21  tftp_ip 192.168.4.1 }
