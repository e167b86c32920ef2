echo booting
