# ubootc check boot.cmd --dialect old
setenv bootargs "console=ttyS0,115200
load mmc 0:1 ${kernel_addr_r} Image && booti ${kernel_addr_r} - ${fdtcontroladdr}
