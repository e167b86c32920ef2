board rpi_3

firmware on sdcard {
  config { kernel "u-boot.bin"  arm_control 0x200 }
}
