stenv console ttyS0
