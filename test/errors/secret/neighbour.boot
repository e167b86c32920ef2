board rpi_3

script main on tftp "main.scr" {
  bootargs "console=tty1 wifi.ssid=lab wifi.config=/etc/wifi"
}
