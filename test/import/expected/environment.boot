# Imported from environment.cmd. Look at these before you use it:
# - A step that fails leaves its block. Where the script went on all the same, the step stands in a `try`:
#   remove the `try`, and the script stops there and says so.
# - Files are loaded by name to the script's own addresses: nothing of them is checked.
# - `dhcp` only gets an address here: that of the script also loads the file that the server names, and
#   fails without it.

board rpi_3    # a guess: `ubootc boards` lists them

script boot on sdcard "boot.scr" {
  # ubootc check boot.cmd --board rpi_3
  # Commands kept for later, arguments put together, and only named variables from a file.
  set setargs "setenv bootargs console=\${console} root=\${rootdev} rootwait"
  set rootdev "/dev/mmcblk0p2"
  try { run setargs }
  bootargs {
    root "/dev/nfs"
    "nfsroot=10.0.0.1:/srv/root,vers=3,tcp rw"
  }
  bootargs {
    "${bootargs}"
    ip "dhcp"
  }
  if ${boot_count} != "1" {
    set boot_count "1"
    try { save }
  }
}
