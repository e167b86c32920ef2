board rpi_3

client bench-1 { serial "0000000012345678"  console "ttyS1,115200" }

script main on tftp "main-{client.name}.scr" for each client {
  bootargs { console {client.console}  console "tty1" }
}
