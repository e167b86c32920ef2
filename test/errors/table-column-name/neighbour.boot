board rpi_3
server 192.168.0.250
clients from "good.csv"

script netboot on tftp "netboot-${serial#}.scr" for each client {
  print "{client.name}"
}
