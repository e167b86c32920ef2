// ubootc/tftp: a read-only TFTP server for boot loaders. RFC 1350, 2347, 2348, 2349, 7440.
export { type Caps, defaultCaps, RequestRate } from "./admission.js";
export type { Content } from "./blocks.js";
export { directory } from "./directory.js";
export { type Drop, type Endpoint, shown, type TftpEvent } from "./events.js";
export { type Limits, negotiate, type Terms } from "./negotiate.js";
export { type LocalAddress, localAddress, localAddresses } from "./network.js";
export type { ServerOptions } from "./options.js";
export * from "./packet.js";
export { TftpServer } from "./server.js";
export type { Inherited, PortRange } from "./sockets.js";
export {
  firstOf,
  manifest,
  type OpenFile,
  openSettled,
  type Source,
  type Unavailable,
  withoutSlash,
} from "./source.js";
export type { Abort, Outcome } from "./transfer.js";
