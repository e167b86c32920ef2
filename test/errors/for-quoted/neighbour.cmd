for slot in ${slots} "c"; do
  echo ${slot}
done
