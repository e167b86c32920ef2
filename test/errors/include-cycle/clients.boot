include "servers.boot"
client bench-1 { serial "0000000012345678" }
