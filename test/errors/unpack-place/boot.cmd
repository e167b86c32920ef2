# ubootc check boot.cmd --board qemu_arm64
load virtio 0:1 ${kernel_addr_r} Image.gz && booti ${kernel_addr_r} - ${fdt_addr}
