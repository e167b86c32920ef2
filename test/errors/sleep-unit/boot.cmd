sleep 500ms
