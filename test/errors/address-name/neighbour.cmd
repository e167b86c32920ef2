if load mmc 0:1 ${kernel_addr_r} Image; then echo; fi
if load mmc 0:1 fd0000 Image; then echo; fi
