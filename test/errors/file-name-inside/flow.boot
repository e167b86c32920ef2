board rpi_3
kernel linux from "Image.gz" as "linux"
kernel rescue from "Image" as "linux/rescue"
