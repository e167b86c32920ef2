# Imported from counters.cmd. Look at these before you use it:
# - A step that fails leaves its block. Where the script went on all the same, the step stands in a `try`:
#   remove the `try`, and the script stops there and says so.
# - Files are loaded by name to the script's own addresses: nothing of them is checked.

board rpi_3    # a guess: `ubootc boards` lists them

script boot on sdcard "boot.scr" {
  # ubootc check boot.cmd
  # Counts that never have two digits, the base named, and other commands.
  set tries "5"
  try { uboot "while test \"${tries}\" -ne 0; do echo ${tries}; setexpr tries ${tries} - 1; done" }
  set rounds "0x3"
  if ${rounds} > 0 {
    try { uboot "setexpr rounds ${rounds} - 1" }
  }
  try { uboot "setexpr left ${left} - 1" }
  if "0x${left}" > 0 {
    print "more"
  }
  try { uboot "itest ${left} -gt 0" } then {
    print "more"
  }
  try { uboot "setexpr seen ${seen} + 1" }
  if ${seen} > 3 {
    print "enough"
  }
  try { uboot "setexpr release gsub \"[a-z]\" \"\" \"${vendor}\"" }
  if ${release} > 100 {
    print "new"
  }
  try { uboot "setexpr odd ${seen} % 2" }
  if ${odd} >= 1 and ${odd} <= 1 {
    print "odd"
  }
  if defined a {
    # Nothing to do.
  } else if defined b {
    print "b"
  }
  if not defined a {
    if defined b {
      print "b"
    }
  }
}
