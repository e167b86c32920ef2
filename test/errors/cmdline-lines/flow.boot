board rpi_4

firmware on sdcard { files from "cmdline.txt" }
