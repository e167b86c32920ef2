board rpi_3
kernel linux from "Image.gz" as uimage "linux.uImage" on tftp
