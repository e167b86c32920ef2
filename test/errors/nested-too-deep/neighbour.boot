board rpi_3

script boot on sdcard "boot.scr" {
  try { try { try { try { try { try { dhcp } } } } } }
}
