# The lab.
server 192.168.0.250
