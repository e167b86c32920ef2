board rpi_4

firmware on sdcard {
  config { kernel "u-boot.bin"  enable_uart 1 }
}
