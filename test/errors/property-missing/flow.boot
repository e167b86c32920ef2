board rpi_3

script main on tftp "main.scr" {
  network static { netmask 255.255.255.0 }
}
