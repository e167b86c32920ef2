// ubootc/dhcp: a DHCP server for boot loaders, as the only one of a network or as a proxy beside
// another, and the same for dnsmasq. RFC 2131, 2132, 3396, 4578.
export { macText } from "./addresses.js";
export { answer } from "./answer.js";
export type { DhcpClient } from "./client.js";
export { type DnsmasqOptions, dnsmasqConfiguration } from "./dnsmasq.js";
export type { DhcpEvent } from "./events.js";
export { ipv4Number, ipv4Text, NONE, type Subnet, subnetOf } from "./ipv4.js";
export { type ClientKey, type Lease, type LeaseChange, Leases, type LeaseView } from "./leases.js";
export {
  type AddressRange,
  type BootOffer,
  countOf,
  type DhcpHost,
  type DhcpNetwork,
  FOREVER,
  inRanges,
  isHostName,
  MOST_ADDRESSES,
  type ProxyNetwork,
  problemsOf,
  type ServedNetwork,
  SHORTEST_LEASE,
} from "./network.js";
export {
  type DhcpOption,
  given,
  type OptionKind,
  type Options,
  optionIn,
  options,
} from "./options.js";
export {
  BROADCAST_FLAG,
  type DhcpMessage,
  decode,
  type Encoded,
  encode,
  type Malformed,
  messages,
  ops,
} from "./packet.js";
export { type Answer, type Decision, type Destination, ports, type Received } from "./reply.js";
export { DhcpServer, type DhcpServerOptions } from "./server.js";
