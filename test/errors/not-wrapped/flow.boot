board rpi_3
dtb pi3 from "pi3.dtb" as uimage "pi3.uImage"
