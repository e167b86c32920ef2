board rpi_4

firmware on sdcard {
  config { kernel "u-boot.bin"  enable_urat 1 }
}
