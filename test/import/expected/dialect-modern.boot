# Imported from dialect-modern.cmd. Look at these before you use it:
# - A step that fails ends the script here, or goes to the `else` of its `try`; there it went on.
# - Files are named as on the board: put them beside this file, or write where they are.
# - Addresses are left out: the compiler finds them.
# - 1 line of the script had no statement, and stayed behind `uboot`.
# - 2 could not be taken over at all: look for "not imported".

board rpi_3    # a guess: `ubootc boards` lists them
server 192.168.0.250    # a guess: where the board's files are

script boot on sdcard "boot.scr" {
  # ubootc check boot.cmd --dialect modern
  uboot "test -n \"${a}\" && echo set || echo unset"
  # not imported:
  #   if ! test -n "${a}"; then echo "it's unset"; fi
  # not imported:
  #   load mmc 0:1 ${loadaddr} \
  #   file && echo 'C:\boot' &&
  #   echo done
}
