board rpi_3
server 192.168.0.250

script a on tftp "a.scr" {
  dhcp
  chain b
}

script b on tftp "b.scr" {
  print "b"
  try { chain c }
}

script c on tftp "c.scr" {
  if ${hostname} == "x" { chain a } else { chain b }
}
