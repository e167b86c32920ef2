// Wrong and right for each code, as `ubootc explain` shows them: made by `npm run docs` from test/errors.
export const examples: Readonly<Record<string, { readonly wrong: string; readonly right: string }>> = {
  syntax: {
    wrong: `kernel linux "Image.gz"`,
    right: `kernel linux from "Image.gz" as uimage "linux.uImage" on tftp`,
  },
  "quote-unclosed": {
    wrong: `kernel linux from "Image.gz as uimage`,
    right: `kernel linux from "Image.gz" as uimage "linux.uImage" on tftp`,
  },
  "brace-unclosed": {
    wrong: `try {`,
    right: `}`,
  },
  "brace-unopened": {
    wrong: `}`,
    right: ``,
  },
  "nested-too-deep": {
    wrong: `try { try { try { try { try { try { try { try { try { try { try { try { try { try { try { try { try…`,
    right: `try { try { try { try { try { try { dhcp } } } } } }`,
  },
  "statement-outside": {
    wrong: `dhcp
print "up"`,
    right: ``,
  },
  "declaration-inside": {
    wrong: `kernel linux from "Image.gz"`,
    right: `kernel linux from "Image.gz"`,
  },
  "not-utf8": {
    wrong: `# caf�`,
    right: `board rpi_3`,
  },
  "not-a-flow": {
    wrong: `setenv bootargs console=ttyS0,115200 root=/dev/mmcblk0p2
if load mmc 0:1 \${kernel_addr_r} Image; then
  booti \${kernel_addr_r} - \${fdt_addr}
fi`,
    right: `board rpi_3
kernel linux from "Image"
dtb pi3 from "pi3.dtb"
script boot on sdcard "boot.scr" {
  bootargs "console=ttyS0,115200 root=/dev/mmcblk0p2"
  load linux from sdcard`,
  },
  "text-too-long": {
    wrong: `# -------------------------------------------------------------------------------------------------…`,
    right: `board rpi_3`,
  },
  "too-many": {
    wrong: `script boot on sdcard "boot.scr" {`,
    right: `board rpi_3`,
  },
  "include-cycle": {
    wrong: `include "lab.boot"`,
    right: `include "servers.boot"
include "clients.boot"`,
  },
  "include-not-constant": {
    wrong: `include "{lab}.boot"`,
    right: `include "north.boot"`,
  },
  "fit-no-kernel": {
    wrong: `fit os { initrd ram }`,
    right: `kernel linux from "Image.gz"
fit os { kernel linux  initrd ram }`,
  },
  "fit-with": {
    wrong: `fit os { kernel linux }
  boot os with ram`,
    right: `fit os { kernel linux  initrd ram }
  boot os`,
  },
  "config-unclear": {
    wrong: `fit os { kernel linux, rescue }`,
    right: `fit os {
  config "usual" { kernel linux }
  config "rescue" { kernel rescue }
}`,
  },
  "config-outside": {
    wrong: `boot linux config "usual"`,
    right: `boot linux`,
  },
  "key-unreadable": {
    wrong: `sign "notes.txt"`,
    right: `sign "dev.pem"`,
  },
  "signing-failed": {
    wrong: `sign "dev.crt"`,
    right: `sign "dev.pem"`,
  },
  "key-mismatch": {
    wrong: `sign "dev.pem" { algorithm "sha256,rsa4096" }`,
    right: `sign "dev.pem" { algorithm "sha256,rsa2048" }`,
  },
  "input-missing": {
    wrong: `kernel linux from "Imag.gz"`,
    right: `kernel linux from "Image.gz"`,
  },
  "input-not-a-file": {
    wrong: `kernel linux from "folder"`,
    right: `kernel linux from "Image.gz"`,
  },
  "input-unreadable": {
    wrong: `kernel linux from "secret.gz"`,
    right: `kernel linux from "Image.gz"`,
  },
  "input-empty": {
    wrong: `kernel linux from "empty.gz"`,
    right: `kernel linux from "Image.gz"`,
  },
  "table-unreadable": {
    wrong: `clients from "lab.csv"`,
    right: `clients from "good.csv"`,
  },
  "table-not-a-list": {
    wrong: `clients from "lab.json"`,
    right: `clients from "good.json"`,
  },
  "table-no-name": {
    wrong: `clients from "lab.csv"`,
    right: `clients from "good.csv"`,
  },
  "table-column-name": {
    wrong: `clients from "lab.csv"`,
    right: `clients from "good.csv"`,
  },
  "table-column-twice": {
    wrong: `clients from "lab.csv"`,
    right: `clients from "good.csv"`,
  },
  "table-width": {
    wrong: `clients from "lab.csv"`,
    right: `clients from "good.csv"`,
  },
  "table-value": {
    wrong: `clients from "lab.json"`,
    right: `clients from "good.json"`,
  },
  "name-taken": {
    wrong: `kernel linux from "Image"`,
    right: `kernel rescue from "Image"`,
  },
  "name-unknown": {
    wrong: `boot linus`,
    right: `boot linux`,
  },
  "board-missing": {
    wrong: `server 192.168.0.250`,
    right: `board rpi_3`,
  },
  "board-unknown": {
    wrong: `board raspi_3`,
    right: `board rpi_3`,
  },
  "server-missing": {
    wrong: `boot linux`,
    right: `server 192.168.0.250`,
  },
  "param-unset": {
    wrong: `param console`,
    right: `param console "tty1"`,
  },
  "property-unknown": {
    wrong: `kernel linux from "Image.gz" as uimage { laod 0x80000 }`,
    right: `kernel linux from "Image.gz" as uimage { load 0x80000 }`,
  },
  "property-twice": {
    wrong: `kernel linux from "Image.gz" as uimage { load 0x80000  load 0x200000 }`,
    right: `kernel linux from "Image.gz" as uimage { load 0x80000  entry 0x80000 }`,
  },
  "property-missing": {
    wrong: `network static { netmask 255.255.255.0 }`,
    right: `network static { address 192.168.0.31  netmask 255.255.255.0 }`,
  },
  "value-invalid": {
    wrong: `kernel linux from "Image.gz" as uimage { load 80000 }`,
    right: `kernel linux from "Image.gz" as uimage { load 0x80000 }`,
  },
  "variable-too-late": {
    wrong: `kernel linux from "Image.gz" as "linux-\${board_name}.gz"`,
    right: `param version
kernel linux from "Image.gz" as "linux-{version}.gz"`,
  },
  "address-unknown": {
    wrong: `load linux to kernel_adr_r`,
    right: `load linux to ramdisk_addr_r`,
  },
  "place-unknown": {
    wrong: `script boot on sd_card "main.scr" {`,
    right: `script main on tftp "main.scr" {`,
  },
  "device-unknown": {
    wrong: `load linux from ubs 0:1`,
    right: `load linux from usb 0:1`,
  },
  "device-not-storage": {
    wrong: `if exists "linux.uImage" on tftp { print "there" }`,
    right: `if exists "linux.uImage" on mmc 0:1 { print "there" }`,
  },
  "test-expects-nothing": {
    wrong: `test "nothing to do" {`,
    right: `expect prompt`,
  },
  "test-ends-twice": {
    wrong: `expect reset`,
    right: `expect no console "reset"`,
  },
  "start-unclear": {
    wrong: `test "an address from DHCP" {`,
    right: `start green`,
  },
  "client-outside": {
    wrong: `script main on tftp "main.scr" {`,
    right: `server 192.168.0.250
script netboot on tftp "netboot-\${serial#}.scr" for each client {`,
  },
  "client-value-missing": {
    wrong: `bootargs { console {client.console} }`,
    right: `client * { console "tty1" }`,
  },
  "client-shared": {
    wrong: `client bench-2 { serial "00000000AABBCCDD" }`,
    right: `client bench-2 { serial "0000000012345678" }`,
  },
  "network-twice": {
    wrong: `network { dhcp range 192.168.4.10..192.168.4.99 }`,
    right: ``,
  },
  "outside-subnet": {
    wrong: `lease 12h  router 192.168.1.1`,
    right: `lease 12h  router 192.168.1.1  subnet 192.168.0.0/23`,
  },
  "address-in-range": {
    wrong: `client bench-1 { serial "0001"  address 192.168.0.120 }`,
    right: `client bench-1 { serial "0001"  address 192.168.0.120  mac b8:27:eb:12:34:56 }`,
  },
  "client-name-property": {
    wrong: `client bench-1 { name "bench-1"  serial "0000000012345678" }`,
    right: `client bench-1 { serial "0000000012345678" }`,
  },
  "unsafe-value": {
    wrong: `client bench-1 { serial "0000000012345678"  console "tty1 init=/bin/sh" }`,
    right: `client bench-1 { serial "0000000012345678"  console "tty1" }`,
  },
  "file-not-constant": {
    wrong: `script netboot on tftp "netboot-\${serial#}.scr" {`,
    right: `client bench-1 { serial "0000000012345678" }
script netboot on tftp "netboot-\${serial#}.scr" for each client {`,
  },
  "file-variable": {
    wrong: `script netboot on tftp "netboot-\${board_rev}.scr" for each client {`,
    right: `script netboot on tftp "netboot-\${serial#}.scr" for each client {`,
  },
  "file-name-taken": {
    wrong: `kernel linux from "Image.gz" as "Linux.gz"
kernel rescue from "Image" as "linux.gz"`,
    right: `kernel linux from "Image.gz" as "linux.gz"
kernel rescue from "Image" as "rescue"`,
  },
  "not-wrapped": {
    wrong: `dtb pi3 from "pi3.dtb" as uimage "pi3.uImage"`,
    right: `dtb pi3 from "pi3.dtb" as "board.dtb"`,
  },
  "file-name-inside": {
    wrong: `kernel linux from "Image.gz" as "linux"`,
    right: `kernel linux from "Image.gz" as "linux/main.gz"`,
  },
  "not-from-firmware": {
    wrong: `kernel linux from firmware`,
    right: `dtb own from firmware`,
  },
  "image-impossible": {
    wrong: `kernel linux from "Image.gz" as uimage { entry 0x100000000 }`,
    right: `kernel linux from "Image.gz" as uimage { entry 0x80000 }`,
  },
  "config-unknown": {
    wrong: `config { kernel "u-boot.bin"  enable_urat 1 }`,
    right: `config { kernel "u-boot.bin"  enable_uart 1 }`,
  },
  "config-old": {
    wrong: `config { kernel "u-boot.bin"  arm_control 0x200 }`,
    right: `config { kernel "u-boot.bin"  arm_64bit 1 }`,
  },
  "config-long": {
    wrong: `config { dtoverlay "vc4-kms-v3d,cma-256,audio=off,noaudio,nohdmi0,nohdmi1,composite=1,nocomposite,u…`,
    right: `config { dtoverlay "vc4-kms-v3d,cma-256"  dtparam "audio=off"  dtparam "composite=1" }`,
  },
  "config-filter": {
    wrong: `[pi3b]`,
    right: `[pi3+]`,
  },
  "config-idle": {
    wrong: `[pi4]`,
    right: `[pi3]`,
  },
  "config-file": {
    wrong: `config { kernel "u-boot8.bin" }`,
    right: `config { kernel "u-boot.bin" }`,
  },
  "boot-order-network": {
    wrong: `eeprom { boot_order 0xf41  tftp_prefix 0 }`,
    right: `eeprom { boot_order 0xf241  tftp_prefix 0 }`,
  },
  "boot-order-rest": {
    wrong: `eeprom { boot_order 0x12f }`,
    right: `eeprom { boot_order 0xf21 }`,
  },
  "bootconf-unknown": {
    wrong: `eeprom from "bootconf.txt" { boot_order 0xf21 }`,
    right: `eeprom from "good.txt" { boot_order 0xf21 }`,
  },
  "tftp-prefix": {
    wrong: `eeprom { boot_order 0xf21  tftp_prefix 2 }`,
    right: `prefix mac`,
  },
  "tftp-ip": {
    wrong: `eeprom from "bootconf.txt" { boot_order 0xf21 }`,
    right: `eeprom from "bootconf.txt" { boot_order 0xf21  tftp_ip 192.168.4.1 }`,
  },
  "cmdline-lines": {
    wrong: `firmware on sdcard { files from "cmdline.txt" }`,
    right: `firmware on sdcard {
  files from "cmdline.txt"
  cmdline { console "serial0,115200"  "root=/dev/mmcblk0p2 rootwait" }
}`,
  },
  "chain-self": {
    wrong: `chain netboot`,
    right: `  chain next
script next on tftp "next.scr" {
  dhcp
}`,
  },
  "script-elsewhere": {
    wrong: `chain next from usb 0:1`,
    right: `chain next`,
  },
  "condition-too-wide": {
    wrong: `if (defined a0 or defined b0) and (defined a1 or defined b1) and (defined a2 or defined b2) and (de…`,
    right: `if (defined a0 or defined b0) and (defined a1 or defined b1) and (defined a2 or defined b2) { dhcp }`,
  },
  "raw-unbalanced": {
    wrong: `uboot "if test -n x; then reset"`,
    right: `uboot "if test -n x; then reset; fi"`,
  },
  "too-many-arguments": {
    wrong: `board small from rpi_3 { maxargs 6 }`,
    right: `board small from rpi_3 { maxargs 16 }`,
  },
  "not-portable": {
    wrong: `if defined board-name { dhcp }`,
    right: `if defined board_name { dhcp }`,
  },
  "script-too-large": {
    wrong: `script boot on sdcard "boot.scr" {`,
    right: `board rpi_3
script main on tftp "main.scr" {
  print "short"
}`,
  },
  "no-room": {
    wrong: `file big from "huge.img"`,
    right: `file big from "initrd.img"`,
  },
  "outside-memory": {
    wrong: `load linux to 0x30000000`,
    right: `load linux to 0x10000000`,
  },
  "region-overlap": {
    wrong: `load initrd to 0x02000100`,
    right: `load initrd to 0x04000000`,
  },
  "kernel-overlap": {
    wrong: `load linux to kernel_addr_r`,
    right: ``,
  },
  "kernel-overwrites": {
    wrong: `load pi3 to 0x00100000`,
    right: `load pi3 to 0x02600000`,
  },
  "kernel-too-large": {
    wrong: `kernel linux from "huge.gz" as uimage`,
    right: `kernel linux from "huge.gz"`,
  },
  "relocation-overwrites": {
    wrong: `load pi3 to 0x1a000000`,
    right: `load pi3 to 0x02600000`,
  },
  "dtb-reserved": {
    wrong: `kernel linux from "Image" as uimage { load 0x00a00000 }`,
    right: `kernel linux from "Image" as uimage { load 0x02000000 }`,
  },
  "little-headroom": {
    wrong: `load pi3 to 0x03000800`,
    right: `load pi3 to 0x04000000`,
  },
  "code-unknown": {
    wrong: `load pi3 to 0x04000000
allow little-headrom "this initrd never grows"`,
    right: `load pi3 to 0x03000800
allow little-headroom "this initrd never grows"`,
  },
  "code-fixed": {
    wrong: `allow name-unknown "it will be there"`,
    right: ``,
  },
  "allow-unused": {
    wrong: `load pi3 to 0x04000000`,
    right: `load pi3 to 0x03000800`,
  },
  "wrong-kind": {
    wrong: `kernel linux from "pi3.dtb"`,
    right: `kernel linux from "Image.gz"`,
  },
  "kernel-architecture": {
    wrong: `kernel linux from "Image.gz"`,
    right: `kernel linux from "zImage"`,
  },
  "kernel-elf": {
    wrong: `kernel linux from "vmlinux"`,
    right: `kernel linux from "Image.gz"`,
  },
  "kernel-efi": {
    wrong: `kernel linux from "vmlinuz.efi"`,
    right: `kernel linux from "Image.gz"`,
  },
  "kernel-magic": {
    wrong: `kernel linux from "garbage.bin"`,
    right: `kernel linux from "Image"`,
  },
  "kernel-unrecognized": {
    wrong: `board qemu-riscv64
kernel linux from "garbage.bin" as uimage`,
    right: `board qemu_arm64
kernel linux from "Image" as uimage`,
  },
  "kernel-wrapped-twice": {
    wrong: `kernel linux from "linux.uImage" as uimage "linux-rpi3.uImage"`,
    right: `kernel linux from "linux.uImage" as "linux-rpi3.uImage"`,
  },
  "uimage-damaged": {
    wrong: `kernel linux from "cut.uImage"`,
    right: `kernel linux from "linux.uImage"`,
  },
  "compression-damaged": {
    wrong: `kernel linux from "cut.gz"`,
    right: `kernel linux from "Image.gz"`,
  },
  "compression-unsupported": {
    wrong: `kernel linux from "Image.xz"`,
    right: `kernel linux from "Image.gz"`,
  },
  "compressed-twice": {
    wrong: `kernel linux from "Image.gz" as uimage { compress gzip }`,
    right: `kernel linux from "Image" as uimage { compress gzip }`,
  },
  "compression-mismatch": {
    wrong: `kernel linux from "unlabelled.uImage"`,
    right: `kernel linux from "linux.uImage"`,
  },
  "compression-name": {
    wrong: `kernel linux from "unpacked.gz"`,
    right: `kernel linux from "unpacked"`,
  },
  "initrd-compression": {
    wrong: `initrd ram from "initrd.lz4"`,
    right: `initrd ram from "initrd.gz"`,
  },
  "dtb-truncated": {
    wrong: `dtb pi3 from "cut.dtb"`,
    right: `dtb pi3 from "pi3.dtb"`,
  },
  "dtb-overlay": {
    wrong: `dtb pi3 from "overlay.dtb"`,
    right: `dtb pi3 from "pi3.dtb"`,
  },
  "overlay-base": {
    wrong: `overlay spi from "pi3.dtb"`,
    right: `overlay spi from "spi.dtbo"`,
  },
  "overlay-alone": {
    wrong: `dtb pi3 from firmware`,
    right: `dtb pi3 from "labelled.dtb"`,
  },
  "overlay-missing": {
    wrong: `board qemu_arm`,
    right: `board qemu_arm { commands "fdt apply" }`,
  },
  "overlay-symbols": {
    wrong: `dtb pi3 from "pi3.dtb"`,
    right: `dtb pi3 from "labelled.dtb"`,
  },
  "dtb-board": {
    wrong: `dtb pi3 from "pi4.dtb"`,
    right: `dtb pi3 from "pi3.dtb"`,
  },
  "dtb-missing": {
    wrong: `board rock5b-rk3588`,
    right: `board qemu_arm64`,
  },
  "wrong-boot-command": {
    wrong: `uboot "bootm \${kernel_addr_r} - \${fdt_addr}"`,
    right: `uboot "booti \${kernel_addr_r} - \${fdt_addr}"`,
  },
  "unused-file": {
    wrong: `boot linux`,
    right: `try { boot linux }
boot rescue`,
  },
  "unused-script": {
    wrong: `script fallback on tftp "fallback.scr" {`,
    right: `try { chain fallback }`,
  },
  "variable-unset": {
    wrong: `print "this is revision \${revison}"`,
    right: `print "this is revision \${revision}"`,
  },
  "chain-cycle": {
    wrong: `if \${hostname} == "x" { chain a } else { chain b }`,
    right: `if \${hostname} == "x" { chain a } else { reset }`,
  },
  unreachable: {
    wrong: `if \${hostname} == "bench" { reset } else { fail "not on the bench" }
print "on the bench"`,
    right: `if \${hostname} == "bench" { reset }
print "not on the bench"`,
  },
  "else-same": {
    wrong: `print "once more"
chain netboot from tftp`,
    right: `    print "what the card has"
    chain local
script local on sdcard "local.scr" {
  print "local"
}`,
  },
  "no-fallback": {
    wrong: `retry 3 { chain netboot }`,
    right: `  try {
    retry 3 { chain netboot }
  } else {
    chain local
  }
script local on sdcard "local.scr" {`,
  },
  "name-too-long": {
    wrong: `kernel linux from "Image.gz" as "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/aaaaa…`,
    right: `kernel linux from "Image.gz" as "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/aaaaa…`,
  },
  "name-colon": {
    wrong: `board am335x_evm`,
    right: `board rpi_3`,
  },
  "block-wrap": {
    wrong: `file system from "rootfs.img" on tftp`,
    right: `file system from "Image" on tftp`,
  },
  "bootargs-too-long": {
    wrong: `"module17.parameter=a-value-that-is-as-long-as-others-are"`,
    right: ``,
  },
  "console-unknown": {
    wrong: `client bench-1 { serial "0000000012345678"  console "ttyAMA0,115200" }`,
    right: `client bench-1 { serial "0000000012345678"  console "ttyS1,115200" }`,
  },
  "root-unreachable": {
    wrong: `bootargs "root=/dev/nfs nfsroot=192.168.0.250:/srv/rootfs rw"`,
    right: `bootargs "root=/dev/nfs nfsroot=192.168.0.250:/srv/rootfs rw ip=dhcp"`,
  },
  "nfs-udp": {
    wrong: `nfsroot rootfs at "/srv/rootfs" { protocol udp }`,
    right: `nfsroot rootfs at "/srv/rootfs" { protocol tcp }`,
  },
  "nfs-path": {
    wrong: `bootargs "root=/dev/nfs nfsroot=192.168.0.250:/srv/rpi3fs,tcp ip=dhcp rw"`,
    right: `bootargs "root=/dev/nfs nfsroot=192.168.0.250:/srv/rootfs_rpi3/bench-1,tcp ip=dhcp rw"`,
  },
  "command-missing": {
    wrong: `board rpi_3`,
    right: `board rpi_3 { commands "nfs" }`,
  },
  "command-ambiguous": {
    wrong: `uboot "tftp \${loadaddr} 192.168.0.250:notes.txt"`,
    right: `uboot "tftpboot \${loadaddr} 192.168.0.250:notes.txt"`,
  },
  "legacy-image": {
    wrong: `board am62x_evm_a53`,
    right: `board am62x_evm_a53 { legacy_images yes }`,
  },
  "fit-missing": {
    wrong: `board rpi_3`,
    right: `board rpi_3 { fit yes }`,
  },
  "fit-unsigned": {
    wrong: `script main on tftp "main.scr" {`,
    right: `sign "dev.pem"`,
  },
  "boot-unsigned": {
    wrong: `kernel linux from "Image.gz" as uimage`,
    right: `kernel linux from "Image.gz"`,
  },
  "signature-ignored": {
    wrong: `board qemu_arm64 { fit_signature no }`,
    right: `board qemu_arm64 { fit_signature yes }`,
  },
  "hash-weak": {
    wrong: `fit os { kernel linux  hash crc32, sha1  sign "dev.pem" }`,
    right: `fit os { kernel linux  hash crc32, sha256  sign "dev.pem" }`,
  },
  "noload-compressed": {
    wrong: `kernel linux from "Image.gz"`,
    right: `kernel linux from "Image"`,
  },
  "fit-wrapped-twice": {
    wrong: `kernel linux from "linux.uImage"`,
    right: `kernel linux from "Image.gz"`,
  },
  "fdt-high": {
    wrong: `set fdt_high 0xffffffff`,
    right: `unset fdt_high`,
  },
  "save-wear": {
    wrong: `set bootdelay 0
save`,
    right: `if \${bootdelay} != "0" {
  set bootdelay 0
  save
}`,
  },
  "raw-unchecked": {
    wrong: `uboot "setenv autoload no; dhcp; tftpboot \${scriptaddr} 192.168.0.250:x.scr; source \${scriptaddr}"`,
    right: `uboot "setenv autoload no; dhcp && tftpboot \${scriptaddr} 192.168.0.250:x.scr && source \${scriptadd…`,
  },
  "script-syntax": {
    wrong: `if test -e mmc 0:1 flag; then`,
    right: `fi`,
  },
  "stray-character": {
    wrong: `echo booting`,
    right: `echo "booting “Linux”"`,
  },
  "status-ignored": {
    wrong: `load mmc 0:1 \${kernel_addr_r} Image
booti \${kernel_addr_r} - \${fdt_addr}`,
    right: `load mmc 0:1 \${kernel_addr_r} Image && booti \${kernel_addr_r} - \${fdt_addr}`,
  },
  "test-unquoted": {
    wrong: `if test \${slot} = a; then`,
    right: `setenv slot a
if test "\${other}" = a; then
  echo first
fi`,
  },
  "for-quoted": {
    wrong: `for slot in "\${slots}"; do`,
    right: `for slot in \${slots} "c"; do`,
  },
  "number-base": {
    wrong: `if load mmc 0:1 1107296256 Image; then`,
    right: `if load mmc 0:1 42000000 Image; then`,
  },
  "server-ambient": {
    wrong: `if dhcp && tftpboot \${kernel_addr_r} Image; then`,
    right: `if dhcp && tftpboot \${kernel_addr_r} 192.168.0.250:Image; then`,
  },
  "command-unknown": {
    wrong: `stenv console ttyS0`,
    right: `setenv console ttyS0
vendor_lamp on`,
  },
  "foreign-shell": {
    wrong: `setenv n $((\${n} + 1))`,
    right: `setexpr n \${n} + 1
echo "a > b"`,
  },
  "test-file": {
    wrong: `if test -f /boot/Image; then echo yes; fi`,
    right: `if test -e mmc 0:1 /boot/Image; then echo yes; fi
test -n "\${x}" && echo x`,
  },
  "setenv-name": {
    wrong: `setenv "bootargs console=ttyS0"`,
    right: `setenv bootargs "console=ttyS0"
setenv -f ethaddr 00:11:22:33:44:55`,
  },
  "sleep-unit": {
    wrong: `sleep 500ms`,
    right: `sleep 0.5
sleep 2s`,
  },
  "address-name": {
    wrong: `if load mmc 0:1 kernel_addr_r Image; then echo; fi`,
    right: `if load mmc 0:1 \${kernel_addr_r} Image; then echo; fi
if load mmc 0:1 fd0000 Image; then echo; fi`,
  },
  "dhcp-autoload": {
    wrong: `if dhcp; then echo up; fi`,
    right: `setenv autoload no`,
  },
  "part-unchecked": {
    wrong: `part uuid mmc 0:2 u
setenv bootargs root=PARTUUID=\${u}`,
    right: `if part uuid mmc 0:2 u; then setenv bootargs root=PARTUUID=\${u}; fi`,
  },
  "filesize-proof": {
    wrong: `if test -n "\${filesize}"; then echo there; fi`,
    right: `setenv filesize`,
  },
  "shell-dialect": {
    wrong: `run netboot && echo booting || run mmcboot`,
    right: `if run netboot; then
  echo booting
else
  run mmcboot
fi`,
  },
  "test-operator": {
    wrong: `if test "\${slot}" == "a"; then`,
    right: `if test "\${slot}" = "a"; then
if itest \${count} == 3; then
  echo third
fi`,
  },
  "boot-without-dtb": {
    wrong: `load mmc 0:1 \${kernel_addr_r} Image && booti \${kernel_addr_r}`,
    right: `load mmc 0:1 \${kernel_addr_r} Image && booti \${kernel_addr_r} - \${fdt_addr}`,
  },
  "filesize-stale": {
    wrong: `load mmc 0:1 \${ramdisk_addr_r} initrd.gz && load mmc 0:1 \${fdt_addr_r} board.dtb && booti \${kernel_…`,
    right: `load mmc 0:1 \${fdt_addr_r} board.dtb && load mmc 0:1 \${ramdisk_addr_r} initrd.gz && booti \${kernel_…`,
  },
  "initrd-size": {
    wrong: `load mmc 0:1 \${ramdisk_addr_r} rootfs.cpio.gz && bootz \${kernel_addr_r} \${ramdisk_addr_r} \${fdt_add…`,
    right: `load mmc 0:1 \${ramdisk_addr_r} rootfs.cpio.uboot && bootz \${kernel_addr_r} \${ramdisk_addr_r} \${fdt_…`,
  },
  "unpack-place": {
    wrong: `load virtio 0:1 \${kernel_addr_r} Image.gz && booti \${kernel_addr_r} - \${fdt_addr}`,
    right: `setenv kernel_comp_addr_r 0x50000000
setenv kernel_comp_size 0x2000000`,
  },
  "file-missing": {
    wrong: `load mmc 0:1 \${kernel_addr_r} Imgae || reset`,
    right: `load mmc 0:1 \${kernel_addr_r} Image || reset`,
  },
  "environment-line-ends": {
    wrong: `load mmc 0:1 \${loadaddr} uEnv.txt && env import -t \${loadaddr} \${filesize}`,
    right: `load mmc 0:1 \${loadaddr} uEnv.txt && env import -t -r \${loadaddr} \${filesize}`,
  },
  "boot-refused": {
    wrong: `load virtio 0:1 0x42000000 notes.txt || reset
bootm 0x42000000 - 0x4f000000`,
    right: `load virtio 0:1 0x42000000 Image || reset
booti 0x42000000 - 0x4f000000`,
  },
  "source-address": {
    wrong: `load mmc 0:1 \${scriptaddr} own.scr && source`,
    right: `load mmc 0:1 \${scriptaddr} own.scr && source \${scriptaddr}`,
  },
  "address-reused": {
    wrong: `load mmc 0:1 \${loadaddr} zImage && load mmc 0:1 \${loadaddr} board.dtb && bootz \${loadaddr} - \${load…`,
    right: `load mmc 0:1 \${loadaddr} zImage && load mmc 0:1 \${fdt_addr_r} board.dtb && bootz \${loadaddr} - \${fd…`,
  },
  "initrd-high": {
    wrong: `setenv initrd_high 0xffffffff`,
    right: `setenv initrd_high 0x30000000`,
  },
  "expanded-early": {
    wrong: `setenv bootcmd "load mmc 0:1 0x42000000 boot.scr && crc32 0x42000000 \${filesize}"`,
    right: `setenv bootcmd 'load mmc 0:1 0x42000000 boot.scr && crc32 0x42000000 \${filesize}'`,
  },
  "expanded-never": {
    wrong: `setenv bootargs 'console=\${console} root=/dev/mmcblk0p2'`,
    right: `setenv bootargs "console=\${console} root=/dev/mmcblk0p2"`,
  },
  "local-shadowed": {
    wrong: `slot=b
echo \${slot}`,
    right: `setenv slot b
other=c
echo \${slot} \${other}`,
  },
  "fetched-environment": {
    wrong: `load settings to loadaddr`,
    right: `load settings to loadaddr from mmc 0:1`,
  },
  secret: {
    wrong: `bootargs "console=tty1 wifi.ssid=lab wifi.psk=correct-horse"`,
    right: `bootargs "console=tty1 wifi.ssid=lab wifi.config=/etc/wifi"`,
  },
};
