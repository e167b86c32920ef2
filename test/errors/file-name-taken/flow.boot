board rpi_3
kernel linux from "Image.gz" as "Linux.gz"
kernel rescue from "Image" as "linux.gz"
