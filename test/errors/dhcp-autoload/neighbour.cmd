setenv autoload no
if dhcp; then echo up; fi
