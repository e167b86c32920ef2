board rpi_3
kernel linux from "Image.gz" as "linux/main.gz"
kernel rescue from "Image" as "linux/rescue"
