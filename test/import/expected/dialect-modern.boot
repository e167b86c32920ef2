# Imported from dialect-modern.cmd. Look at these before you use it:
# - A step that fails leaves its block. Where the script went on all the same, the step stands in a `try`:
#   remove the `try`, and the script stops there and says so.
# - Files are loaded by name to the script's own addresses: nothing of them is checked.
# - 1 line of the script had no statement, and stayed after `uboot`.
# - 1 could not be taken over at all: look for "not imported".

board rpi_3    # a guess: `ubootc boards` lists them

script boot on sdcard "boot.scr" {
  # ubootc check boot.cmd --dialect modern
  if defined a {
    try { print "set" } else {
      print "unset"
    }
  }
  if not defined a {
    # not imported, so that it is not done: a form that only the modern shell has
    #   echo "it's unset"
  }
  try {
    load "file" to ${loadaddr} from mmc 0:1
    uboot "echo 'C:\\boot'"
    print "done"
  }
}
