board rpi_3

script boot on sdcard "boot.scr" {
  network static { address 192.168.0.31  netmask 255.255.255.0 }
}
