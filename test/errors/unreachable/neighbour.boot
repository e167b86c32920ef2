board rpi_3

script main on tftp "main.scr" {
  if ${hostname} == "bench" { reset }
  print "not on the bench"
}
