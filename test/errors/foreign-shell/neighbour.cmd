setexpr n ${n} + 1
echo "a > b"
