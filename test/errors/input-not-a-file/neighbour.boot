board rpi_3
kernel linux from "Image.gz"
