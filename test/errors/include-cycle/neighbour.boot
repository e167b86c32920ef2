board rpi_3
include "servers.boot"
include "clients.boot"
