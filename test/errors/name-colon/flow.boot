board am335x_evm
server 192.168.0.250

client bench-1 { serial "0000000012345678" }

script main on tftp "main.scr" {
  chain netboot
}

script netboot on tftp "netboot-${serial#}.scr" for each client {
  print "netboot"
}
