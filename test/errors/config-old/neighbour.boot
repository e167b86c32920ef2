board rpi_3

firmware on sdcard {
  config { kernel "u-boot.bin"  arm_64bit 1 }
}
