# ubootc build flow.boot
# One file for several boards: the configuration follows the board, or is named by the client.
board pi from rpi_3 { fit yes }
board pi4 from rpi_4 { fit yes }
server 192.168.0.250

kernel linux  from "Image.gz"
kernel plain  from "Image" { compress gzip }
dtb    three  from "pi.dtb"
dtb    four   from "pi4.dtb"
initrd ram    from "initrd.gz"

fit os as "boot/os.itb" {
  kernel linux  dtb three, four  initrd ram
  config "rpi-3" { dtb three }
  config "rpi-4" { dtb four  description "the fast one" }
  config "rescue" { kernel plain  dtb three }
  default "rpi-4"
  hash sha256, crc32
  external align 512
}
fit bare { kernel linux }

client bench-1 { serial "1" }
client bench-2 { serial "2"  board "pi4" }
client bench-3 { serial "3"  config "rescue" }
client * { config "" }

script netboot on tftp "netboot-${serial#}.scr" for each client as fit {
  try {
    if {client.config} == "" { boot os } else { boot os config {client.config} }
  } else { boot bare }
}
