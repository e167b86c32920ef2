board rpi_3
kernel linux from "Image.gz" as uimage { load 80000 }
