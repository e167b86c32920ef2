board rpi_3
dtb pi3 from "pi3.dtb" as "board.dtb"
