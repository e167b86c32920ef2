board rpi_3

script main on tftp "main.scr" {
  network static { address 192.168.0.31  netmask 255.255.255.0 }
}
