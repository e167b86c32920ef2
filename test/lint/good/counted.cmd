# Numbers of tries with a default, so that they are never empty.
test -n "${A_LEFT}" || setenv A_LEFT 3
if test -z "${B_LEFT}"; then
  setenv B_LEFT 3
fi
if test ${A_LEFT} -gt 0; then
  setexpr A_LEFT ${A_LEFT} - 1
  saveenv
fi
if test ${B_LEFT} -gt 0; then
  setenv load_kernel load mmc 0:1 ${loadaddr} uImage
  run load_kernel && bootm ${loadaddr} - ${fdt_addr_r}
fi
