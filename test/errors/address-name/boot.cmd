if load mmc 0:1 kernel_addr_r Image; then echo; fi
