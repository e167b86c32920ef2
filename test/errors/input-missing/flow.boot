board rpi_3
kernel linux from "Imag.gz"
