board rpi_3
kernel linux from "Image.gz" as uimage { load 0x80000  load 0x200000 }
