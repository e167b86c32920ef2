// Serving a flow: snapshots in memory, TFTP and HTTP, boots to look at.
export { type Account, accountOf, become } from "./account.js";
export { activation } from "./activation.js";
export type { BoardHappening, Happening } from "./happenings.js";
export { lineOf } from "./lines.js";
export { FlowServer, type FlowServerOptions } from "./server.js";
export { StartError } from "./starting.js";
export { view } from "./view.js";
