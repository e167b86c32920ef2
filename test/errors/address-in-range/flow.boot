board rpi_3
server 192.168.0.250
client bench-1 { serial "0001"  address 192.168.0.120 }
network { dhcp range 192.168.0.100..192.168.0.199 }

script netboot on tftp "netboot-${serial#}.scr" for each client {
  dhcp
}
