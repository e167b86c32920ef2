if test -f /boot/Image; then echo yes; fi
