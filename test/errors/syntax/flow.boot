board rpi_3
kernel linux "Image.gz"
