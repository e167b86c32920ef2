# ubootc build flow.boot -D kernel_file=Image-rescue.gz -D server=10.0.0.1
# Parameters from the command line and by default, in a flow of two files.

include "common.boot"

param kernel_file
param server "192.168.0.250"
param title = "{server}"

server {server}
kernel linux from "{kernel_file}" as uimage

script boot on sdcard "boot.scr" {
  dhcp
  if {server} == "10.0.0.1" { print "booting from {title}" } else { print "elsewhere" }
  boot linux with own
}
