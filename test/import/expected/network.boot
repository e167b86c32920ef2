# Imported from network.cmd. Look at these before you use it:
# - A step that fails leaves its block. Where the script went on all the same, the step stands in a `try`:
#   remove the `try`, and the script stops there and says so.
# - Files are loaded by name to the script's own addresses: nothing of them is checked.

board rpi_3    # a guess: `ubootc boards` lists them

script boot on sdcard "boot.scr" {
  # ubootc check boot.cmd --board rpi_3
  # A board's own script from the server, and what to do without one.
  set autoload "no"
  set server "192.168.0.250"
  try { dhcp } then {
    try { load "boards/${serial#}.scr" to ${scriptaddr} from tftp "${server}" } then {
      try { chain at ${scriptaddr} }
    } else {
      try {
        load "linux/Image" to ${kernel_addr_r} from tftp "${server}"
        load "linux/board.dtb" to ${fdt_addr_r} from tftp "${server}"
      } then {
        bootargs {
          console "tty1"
          root "/dev/nfs"
          "nfsroot=${server}:/srv/root,vers=3,tcp"
          ip "dhcp"
          "rw"
        }
        try { boot booti at ${kernel_addr_r} with dtb ${fdt_addr_r} }
      }
    }
  }
  sleep 5s
  reset
}
