setenv slot a
slot=b
echo ${slot}
