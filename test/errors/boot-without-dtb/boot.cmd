load mmc 0:1 ${kernel_addr_r} Image && booti ${kernel_addr_r}
