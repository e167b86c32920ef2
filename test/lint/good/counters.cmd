# ubootc check boot.cmd
# Counts that never have two digits, the base named, and other commands.
setenv tries 5
while test "${tries}" -ne 0; do
  echo ${tries}
  setexpr tries ${tries} - 1
done
env set rounds 0x3
if test "${rounds}" -gt 0; then
  setexpr rounds ${rounds} - 1
fi
setexpr left ${left} - 1
if test "0x${left}" -gt 0; then echo more; fi
if itest ${left} -gt 0; then echo more; fi
setexpr seen ${seen} + 1
if test "${seen}" -gt 3; then echo enough; fi
setexpr release gsub "[a-z]" "" "${vendor}"
if test "${release}" -gt 100; then echo new; fi
setexpr odd ${seen} % 2
if test "${odd}" -eq 1; then echo odd; fi
if test -n "${a}"; then
  # Nothing to do.
elif test -n "${b}"; then
  echo b
fi
if test -n "${a}"; then true; elif test -n "${b}"; then echo b; fi
