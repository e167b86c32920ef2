// What a DHCP server answers to a message, if anything: a function of its configuration, the leases
// and the message. Leaves out sockets, clocks and keeping leases. RFC 2131 section 4.3.
import { authoritative } from "./authoritative.js";
import { NONE, subnetOf } from "./ipv4.js";
import type { LeaseView } from "./leases.js";
import type { DhcpNetwork } from "./network.js";
import { optionIn, options } from "./options.js";
import { ops } from "./packet.js";
import { proxy } from "./proxy.js";
import { type Decision, type Received, silent } from "./reply.js";

/** What the server of `network` answers. */
export function answer(network: DhcpNetwork, leases: LeaseView, received: Received): Decision {
  const { message, from, direct, local } = received;
  const { op, chaddr, giaddr, options: asked } = message;
  if (op !== ops.request) return silent("not from a client");
  if (chaddr.length === 0) return silent("no hardware address");
  const type = optionIn(asked, options.messageType);
  if (type === undefined) return silent("no message type: BOOTP");
  const isNear = (address: string) =>
    address === NONE || subnetOf(network.subnet)?.holds(address) === true;
  if (!isNear(giaddr)) return silent("relayed from another network");
  if (giaddr === local) return silent("relayed by this machine");
  // A router forwards what is sent to our own address: nobody further off is to use up addresses.
  if (direct === true && !isNear(from.address)) return silent("from another network");
  return network.kind === "proxy"
    ? proxy(network, type, received)
    : authoritative(network, leases, type, received);
}
