board rpi_3
client shelf { serial "00000000c0ffee01" }

firmware on tftp for each client {
  config {
    [pi4]
    enable_uart 1
  }
}
