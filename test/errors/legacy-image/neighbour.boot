board am62x_evm_a53 { legacy_images yes }

script main on tftp "main.scr" {
  print "hello"
}
