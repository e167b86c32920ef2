# Imported from joined.cmd. Look at these before you use it:
# - A step that fails leaves its block. Where the script went on all the same, the step stands in a `try`:
#   remove the `try`, and the script stops there and says so.
# - Files are named as on the board: put them beside this file, or write where they are.
# - Addresses are removed: the compiler finds them.

board rpi_3    # a guess: `ubootc boards` lists them
server 192.168.0.250    # a guess: where the board's files are

kernel linux from "zImage"
initrd ramdisk from "initrd.gz"
dtb tree from "board.dtb"

script boot on sdcard "boot.scr" {
  # Everything joined, so that a failure ends the row.
  set rootdev "/dev/mmcblk${devnum}p2"
  bootargs {
    console "ttyS0,115200"
    root "${rootdev}"
    "rootwait ro"
  }
  try {
    try {
      load ramdisk from mmc 0:1
      set initrd_size "${filesize}"
      load tree from mmc 0:1
      load linux from mmc 0:1
      boot linux with ramdisk, tree
    }
  }
  reset
}
