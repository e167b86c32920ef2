board rpi_3
kernel linux from "Image.gz" as "linux-${board_name}.gz"
