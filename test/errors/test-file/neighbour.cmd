if test -e mmc 0:1 /boot/Image; then echo yes; fi
test -n "${x}" && echo x
