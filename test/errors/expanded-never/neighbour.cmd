setenv bootargs "console=${console} root=/dev/mmcblk0p2"
