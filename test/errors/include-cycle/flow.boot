board rpi_3
include "lab.boot"
