# Imported from asked.cmd. Look at these before you use it:
# - A step that fails leaves its block. Where the script went on all the same, the step stands in a `try`:
#   remove the `try`, and the script stops there and says so.
# - Files are loaded by name to the script's own addresses: nothing of them is checked.

board rpi_3    # a guess: `ubootc boards` lists them

script boot on sdcard "boot.scr" {
  # The status is asked for in other ways: $?, what was loaded, or `||`.
  unset filesize
  try { load "boot.scr" to ${loadaddr} from tftp "10.0.0.1" } then {
    try { chain at ${loadaddr} }
  }
  unset filesize
  try { load "boot.scr" to ${loadaddr} from mmc 0:1 }
  if defined filesize {
    try { chain at ${loadaddr} }
  }
  try { load "boot.scr" to ${loadaddr} from mmc 0:1 }
  try { uboot "iminfo ${loadaddr}" } then {
    try { chain at ${loadaddr} }
  }
  try { load "boot.scr" to ${loadaddr} from device "usb 0:1" } else {
    print "no stick"
  }
  try { load "splash.bmp" to ${fdt_addr_r} from mmc 0:1 }
  print "done"
}
