# Imported from counted.cmd. Look at these before you use it:
# - A step that fails leaves its block. Where the script went on all the same, the step stands in a `try`:
#   remove the `try`, and the script stops there and says so.
# - Files are loaded by name to the script's own addresses: nothing of them is checked.

board rpi_3    # a guess: `ubootc boards` lists them

script boot on sdcard "boot.scr" {
  # Numbers of tries with a default, so that they are never empty.
  default A_LEFT "3"
  if not defined B_LEFT {
    set B_LEFT "3"
  }
  if not defined A_LEFT or ${A_LEFT} > 0 {
    try { uboot "setexpr A_LEFT ${A_LEFT} - 1" }
    try { save }
  }
  if not defined B_LEFT or ${B_LEFT} > 0 {
    set load_kernel "load mmc 0:1 ${loadaddr} uImage"
    try {
      run load_kernel
      boot bootm at ${loadaddr} with dtb ${fdt_addr_r}
    }
  }
}
