# ubootc build flow.boot
# Failures caught in each other, conditions of all kinds, and a way to the prompt out of the middle.

board qemu_arm64 { commands "mmc nfs" }
server 192.168.0.250

kernel linux from "Image.gz" as uimage
dtb    own   from firmware

script boot on sdcard "boot.scr" {
  try {
    retry 3 pause 2s {
      dhcp
      try {
        chain netboot
      } else {
        if ${boot_count} < 3 and defined may_retry { fail "once more" }
        retry forever pause 500ms { chain rescue }
      }
    }
  } else {
    if ${mode} == "lab" or ${mode} == "it is" {
      shell
    } else if not (defined quiet or ${mode} != "x${old}") {
      print "nothing works"
    }
    try { uboot "mmc list" }
    fail "no way to boot"
  }
  retry 2 { run preboot }
}

script netboot on tftp "netboot.scr" {
  if (${a} == "1" or ${b} == "1") and not (${c} >= 5 and ${d} <= ${e}) {
    retry 2 { boot linux with own }
  }
}

script rescue on tftp "rescue.scr" {
  if defined stay { shell }
  boot linux with own
}
