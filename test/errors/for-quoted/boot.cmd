for slot in "${slots}"; do
  echo ${slot}
done
