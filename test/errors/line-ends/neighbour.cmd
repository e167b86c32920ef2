echo booting
reset
