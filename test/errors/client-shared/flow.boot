board rpi_3
server 192.168.0.250
client bench-1 { serial "00000000aabbccdd" }
client bench-2 { serial "00000000AABBCCDD" }

script netboot on tftp "netboot-${serial#}.scr" for each client {
  dhcp
}
