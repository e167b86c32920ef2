board qemu_arm64
script boot on sdcard "boot.scr" { fail "nothing to do" }

test "nothing to do" {
  expect fail "nothing to do"
  expect reset
}
