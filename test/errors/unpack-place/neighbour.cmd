# ubootc check boot.cmd --board qemu_arm64
setenv kernel_comp_addr_r 0x50000000
setenv kernel_comp_size 0x2000000
load virtio 0:1 ${kernel_addr_r} Image.gz && booti ${kernel_addr_r} - ${fdt_addr}
