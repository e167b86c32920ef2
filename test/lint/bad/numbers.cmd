# ubootc check boot.cmd
if test ${filesize} -gt 0; then echo some; fi
if test ${filesize} -lt 0x100000; then echo small; fi
if test 0x${filesize} -lt 0x100000; then echo small; fi
setexpr blocks ${filesize} / 512
setexpr blocks ${filesize} / 0x200
setexpr tries ${tries} + 1
if test "${tries}" -gt 20; then echo enough; fi
if test "${tries}" -gt 3; then echo enough; fi
load mmc 0:1 33554432 file
load mmc 0:1 2000000 file
mmc read 0x42000000 2048 0x4000
if itest ${filesize} -gt 1024; then echo big; fi
