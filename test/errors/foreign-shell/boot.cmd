setenv n $((${n} + 1))
