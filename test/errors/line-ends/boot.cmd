echo booting
reset
