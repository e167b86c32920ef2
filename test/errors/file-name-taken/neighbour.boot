board rpi_3
kernel linux from "Image.gz" as "linux.gz"
kernel rescue from "Image" as "rescue"
