# The lab.
board rpi_3
server 192.168.0.250
