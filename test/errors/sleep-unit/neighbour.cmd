sleep 0.5
sleep 2s
