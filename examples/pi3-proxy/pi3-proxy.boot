# A Pi 3 and a Pi 4 that boot by their own firmware, beside a router that stays what it is.
board rpi_3
board rpi_4
server 192.168.4.10

# The router gives the addresses; this adds what a Pi looks for before it boots.
network { dhcp proxy 192.168.4.0/24  service "Raspberry Pi Boot" }

nfsroot rootfs at "/srv/{client.name}" { export "{client.export}" }

client shelf   { serial "00000000c0ffee01"  address "192.168.4.21"  board "rpi_3"  export "async" }
client kitchen { serial "10000000abcdef01"  address "192.168.4.22"  board "rpi_4"  export "sync" }

firmware on tftp for each client {
  files from "../raspberry-pi/boot"
  config { enable_uart 1  auto_initramfs 0 }
  cmdline { console "serial0,115200"  root rootfs  "rootwait" }
}

# A card that is booted once: it sets the switch of the Pi 3.
firmware on sdcard {
  files from "../raspberry-pi/boot"
  config { program_usb_boot_mode 1 }
}

# Card, USB, network, and again: read from the right.
eeprom from "../raspberry-pi/bootconf.txt" {
  boot_order 0xf241
  tftp_ip 192.168.4.10
  tftp_prefix 0
}
