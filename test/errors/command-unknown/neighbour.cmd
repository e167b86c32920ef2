setenv console ttyS0
vendor_lamp on
