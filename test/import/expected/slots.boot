# Imported from slots.cmd. Look at these before you use it:
# - A step that fails leaves its block. Where the script went on all the same, the step stands in a `try`:
#   remove the `try`, and the script stops there and says so.
# - Files are loaded by name to the script's own addresses: nothing of them is checked.

board rpi_3    # a guess: `ubootc boards` lists them

script boot on sdcard "boot.scr" {
  # ubootc check boot.cmd --dialect old
  # Two slots with a count for each, saved only when it changes.
  default BOOT_ORDER "A B"
  default BOOT_A_LEFT "3"
  default BOOT_B_LEFT "3"
  unset bootpart
  for each slot in ${BOOT_ORDER} {
    if not defined bootpart {
      if ${slot} == "A" {
        if "0x${BOOT_A_LEFT}" > 0 {
          try { uboot "setexpr BOOT_A_LEFT ${BOOT_A_LEFT} - 1" }
          set bootpart "2"
        }
      } else if ${slot} == "B" {
        if "0x${BOOT_B_LEFT}" > 0 {
          try { uboot "setexpr BOOT_B_LEFT ${BOOT_B_LEFT} - 1" }
          set bootpart "3"
        }
      }
    }
  }
  if defined bootpart {
    try { save }
    bootargs {
      root "/dev/mmcblk0p${bootpart}"
      "rootwait"
    }
  } else {
    set BOOT_A_LEFT "3"
    set BOOT_B_LEFT "3"
    try { save }
    reset
  }
  try {
    load "boot/zImage" to ${loadaddr} from device "mmc 0:${bootpart}"
    load "boot/board.dtb" to ${fdt_addr_r} from device "mmc 0:${bootpart}"
  } then {
    try { boot bootz at ${loadaddr} with dtb ${fdt_addr_r} }
  }
  reset
}
