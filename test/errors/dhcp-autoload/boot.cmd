if dhcp; then echo up; fi
