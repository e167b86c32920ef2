board rpi_3
server 192.168.0.250
client * { console "tty1" }
client bench-1 { serial "0000000012345678" }

script netboot on tftp "netboot-${serial#}.scr" for each client {
  bootargs { console {client.console} }
}
