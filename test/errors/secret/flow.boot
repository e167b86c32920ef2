board rpi_3

script main on tftp "main.scr" {
  bootargs "console=tty1 wifi.ssid=lab wifi.psk=correct-horse"
}
