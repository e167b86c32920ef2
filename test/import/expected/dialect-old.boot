# Imported from dialect-old.cmd. Look at these before you use it:
# - A step that fails ends the script here, or goes to the `else` of its `try`; there it went on.
# - Files are named as on the board: put them beside this file, or write where they are.
# - Addresses are left out: the compiler finds them.
# - 2 lines of the script had no statement, and stayed behind `uboot`.

board rpi_3    # a guess: `ubootc boards` lists them
server 192.168.0.250    # a guess: where the board's files are

script boot on sdcard "boot.scr" {
  # ubootc check boot.cmd --dialect old
  uboot "setenv b \${a:-default}"
  print ""
  print "(${b})"
  if defined a {
    uboot "exit"
  }
}
