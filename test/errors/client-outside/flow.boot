board rpi_3
client bench-1 { serial "0000000012345678"  console "tty1" }

script main on tftp "main.scr" {
  bootargs { console {client.console} }
}
