board rpi_3

firmware on sdcard {
  files from "u-boot.bin"
  config { kernel "u-boot8.bin" }
}
