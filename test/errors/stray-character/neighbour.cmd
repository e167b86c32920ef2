# un café !
echo "booting “Linux”"
