# -D version=6.6
board rpi_3
param version
kernel linux from "Image.gz" as "linux-{version}.gz"
