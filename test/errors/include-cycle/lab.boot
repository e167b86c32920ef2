include "flow.boot"
