setenv slot a
setenv slot b
other=c
echo ${slot} ${other}
