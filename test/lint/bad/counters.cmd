# ubootc check boot.cmd
# Counts that go down from what the environment holds, and other results without an end.
setexpr left ${left} - 1
if test "${left}" -gt 0; then echo more; fi
if test 0 -lt ${left}; then echo more; fi
setexpr part ${total} / 10
if test "${part}" -eq 0; then echo little; fi
setenv tries 12
while test "${tries}" -ne 0; do
  echo ${tries}
  setexpr tries ${tries} - 1
done
setexpr area ${width} * 8
if test "${area}" -ge 9; then echo wide; fi
if test -n "${a}"; then elif test -n "${b}"; then echo b; fi
