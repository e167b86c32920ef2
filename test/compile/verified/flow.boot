# ubootc build flow.boot
# A board that takes no legacy image: scripts are FITs without a word, and run by configuration.
board am62x_evm_a53
server 192.168.0.250

kernel linux from "Image" { load 0x82000000 }
dtb tree from "am62x.dtb"
fit os { kernel linux noload  dtb tree }

script boot on sdcard "boot.scr" { retry forever { chain netboot } }
script netboot on tftp "netboot.scr" { boot os }
