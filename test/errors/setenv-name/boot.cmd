setenv "bootargs console=ttyS0"
