board rpi_4

firmware on sdcard {
  files from "cmdline.txt"
  cmdline { console "serial0,115200"  "root=/dev/mmcblk0p2 rootwait" }
}
