board rpi_3

script main on tftp "main.scr" {
  if ${hostname} == "bench" { reset } else { fail "not on the bench" }
  print "on the bench"
}
