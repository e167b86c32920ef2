# What all flows of the lab begin with.
board qemu_arm64
dtb own from firmware
