# ubootc check boot.cmd --dialect old
# Two slots with a count for each, saved only when it changes.
test -n "${BOOT_ORDER}" || setenv BOOT_ORDER "A B"
test -n "${BOOT_A_LEFT}" || setenv BOOT_A_LEFT 3
test -n "${BOOT_B_LEFT}" || setenv BOOT_B_LEFT 3
setenv bootpart
for slot in ${BOOT_ORDER}; do
  if test "x${bootpart}" != "x"; then
    true
  elif test "x${slot}" = "xA"; then
    if test 0x${BOOT_A_LEFT} -gt 0; then
      setexpr BOOT_A_LEFT ${BOOT_A_LEFT} - 1
      setenv bootpart 2
    fi
  elif test "x${slot}" = "xB"; then
    if test 0x${BOOT_B_LEFT} -gt 0; then
      setexpr BOOT_B_LEFT ${BOOT_B_LEFT} - 1
      setenv bootpart 3
    fi
  fi
done
if test -n "${bootpart}"; then
  saveenv
  setenv bootargs "root=/dev/mmcblk0p${bootpart} rootwait"
else
  setenv BOOT_A_LEFT 3
  setenv BOOT_B_LEFT 3
  saveenv
  reset
fi
if load mmc 0:${bootpart} ${loadaddr} boot/zImage && load mmc 0:${bootpart} ${fdt_addr_r} boot/board.dtb; then
  bootz ${loadaddr} - ${fdt_addr_r}
fi
reset
