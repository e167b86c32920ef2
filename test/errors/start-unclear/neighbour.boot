board qemu_arm64
server 192.168.0.250
script blue on tftp "blue.scr" { dhcp }
script green on tftp "green.scr" { dhcp }

test "an address from DHCP" {
  start green
  fault dhcp timeout times 1
  expect fail
}
