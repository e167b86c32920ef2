board rpi_3
server 192.168.0.250

script netboot on tftp "netboot-${serial#}.scr" {
  dhcp
}
