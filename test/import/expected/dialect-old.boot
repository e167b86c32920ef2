# Imported from dialect-old.cmd. Look at these before you use it:
# - A step that fails leaves its block. Where the script went on all the same, the step stands in a `try`:
#   remove the `try`, and the script stops there and says so.
# - Files are loaded by name to the script's own addresses: nothing of them is checked.

board rpi_3    # a guess: `ubootc boards` lists them

script boot on sdcard "boot.scr" {
  # ubootc check boot.cmd --dialect old
  try { uboot "setenv b \${a:-default}" }
  print ""
  print "(${b})"
  if defined a {
    try { uboot "exit" }
  }
}
