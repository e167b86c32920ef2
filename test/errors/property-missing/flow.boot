board rpi_3

script boot on sdcard "boot.scr" {
  network static { netmask 255.255.255.0 }
}
