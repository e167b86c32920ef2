board rpi_3
kernel linux from "Image.gz" as uimage { laod 0x80000 }
