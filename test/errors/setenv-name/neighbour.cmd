setenv bootargs "console=ttyS0"
setenv -f ethaddr 00:11:22:33:44:55
