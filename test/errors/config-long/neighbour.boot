board rpi_4

firmware on sdcard {
  config { dtoverlay "vc4-kms-v3d,cma-256"  dtparam "audio=off"  dtparam "composite=1" }
}
