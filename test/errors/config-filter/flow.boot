board rpi_3

firmware on sdcard {
  config {
    [pi3b]
    kernel "u-boot-3.bin"
    [all]
    enable_uart 1
  }
}
