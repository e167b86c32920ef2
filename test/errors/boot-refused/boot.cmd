# ubootc check boot.cmd --board qemu_arm64 --root .
load virtio 0:1 0x42000000 notes.txt || reset
load virtio 0:1 0x4f000000 reserving.dtb || reset
bootm 0x42000000 - 0x4f000000
