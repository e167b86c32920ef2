board rpi_4

firmware on sdcard {
  config { dtoverlay "vc4-kms-v3d,cma-256,audio=off,noaudio,nohdmi0,nohdmi1,composite=1,nocomposite,upstream=1,vec=1" }
}
