board am62x_evm_a53

script main on tftp "main.scr" {
  print "hello"
}
