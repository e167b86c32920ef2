# Imported from network.cmd. Look at these before you use it:
# - A step that fails ends the script here, or goes to the `else` of its `try`; there it went on.
# - Files are named as on the board: put them beside this file, or write where they are.
# - Addresses are left out: the compiler finds them.
# - 1 line of the script had no statement, and stayed behind `uboot`.

board rpi_3    # a guess: `ubootc boards` lists them
server 192.168.0.250    # a guess: where the board's files are

nfsroot rootfs at "/srv/root" { version 3  protocol tcp }

script boot on sdcard "boot.scr" {
  # ubootc check boot.cmd --board rpi_3
  # A board's own script from the server, and what to do without one.
  set autoload "no"
  set server "192.168.0.250"
  try {
    dhcp
    uboot "if tftpboot ${scriptaddr} ${server}:boards/${serial#}.scr; then source ${scriptaddr}; elif tftpboot ${kernel_addr_r} ${server}:linux/Image && tftpboot ${fdt_addr_r} ${server}:linux/board.dtb; then setenv bootargs \"console=tty1 root=/dev/nfs nfsroot=${server}:/srv/root,vers=3,tcp ip=dhcp rw\"; booti ${kernel_addr_r} - ${fdt_addr_r}; fi"
  }
  sleep 5s
  reset
}
