board rpi_3
client bench-1 { serial "0000000012345678"  console "tty1" }

script boot on sdcard "boot.scr" {
  bootargs { console {client.console} }
}
