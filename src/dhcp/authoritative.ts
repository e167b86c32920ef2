// The answers of the only DHCP server of a network: OFFER, ACK and NAK. Leaves out other networks,
// and asking an address whether somebody has it: Node sends no ping. RFC 2131 section 4.3.
import { type AddressChoice, addressFor, clientKey, hostOf, objection } from "./addresses.js";
import { NONE, subnetOf } from "./ipv4.js";
import type { Lease, LeaseView } from "./leases.js";
import { FOREVER, type ServedNetwork, SHORTEST_LEASE } from "./network.js";
import { given, type Options, optionIn, options } from "./options.js";
import { messages } from "./packet.js";
import { pxeClient, pxeIdentity, pxeServices } from "./pxe.js";
import { type Content, type Decision, ports, type Received, reply, silent } from "./reply.js";

/** How long an address is kept after an OFFER that nobody has answered, in ms. */
const OFFERED_MS = 300_000;

/** How long an address is left alone that a client found taken, in ms. */
const DECLINED_MS = 600_000;

/** What the server of `network` answers to a message of `type`. */
export function authoritative(
  network: ServedNetwork,
  leases: LeaseView,
  type: number,
  received: Received,
): Decision {
  const { message, local, port } = received;
  if (port === ports.pxe) return silent("this server has no PXE menu");
  const choice = { network, leases, local, client: clientKey(message) };
  switch (type) {
    case messages.discover:
      return discover(choice, received);
    case messages.request:
      return request(choice, received);
    case messages.decline:
      return decline(choice, received);
    case messages.release:
      return release(choice, received);
    case messages.inform:
      return inform(choice, received);
    default:
      return silent("a message that servers send");
  }
}

function discover(choice: AddressChoice, received: Received): Decision {
  const { leases, client } = choice;
  const wanted = optionIn(received.message.options, options.requestedAddress);
  const address = addressFor(choice, wanted);
  if (address === undefined) return silent("no address is left");
  const before = leases.at(address);
  // A board that begins again keeps what it has; the offer must not shorten that.
  const isIts = before?.state === "bound" && before.until > leases.now;
  const lease: Lease = { address, client, state: "offered", until: leases.now + OFFERED_MS };
  return {
    answer: reply(received, lent(choice, received, messages.offer, address)),
    changes: isIts ? [] : [{ kind: "keep", lease }],
  };
}

function request(choice: AddressChoice, received: Received): Decision {
  const { network, leases, client, local } = choice;
  const { ciaddr, options: asked } = received.message;
  const server = optionIn(asked, options.serverId);
  const wanted = optionIn(asked, options.requestedAddress);
  const held = leases.find(client);
  if (server !== undefined && server !== local) {
    const free =
      held?.state === "offered" ? [{ kind: "free" as const, address: held.address }] : [];
    return silent(`took the offer of ${server}`, free);
  }
  const address = wanted ?? ciaddr;
  if (address === NONE) return silent("a REQUEST for no address");
  const refusal = objection(choice, address, server !== undefined);
  if (refusal !== undefined) return refuse(refusal, received);
  const time = leaseFor(network, received);
  const until = time === FOREVER ? Number.MAX_SAFE_INTEGER : leases.now + time * 1000;
  const content = lent(choice, received, messages.ack, address);
  // Renewing, it has its address, and is answered there.
  const sent = wanted === undefined ? { ...content, ciaddr } : content;
  const lease: Lease = { address, client, state: "bound", until };
  return { answer: reply(received, sent), changes: [{ kind: "keep", lease }] };
}

function refuse(refusal: string, received: Received): Decision {
  const content = [
    given(options.messageType, messages.nak),
    given(options.serverId, received.local),
    given(options.message, refusal),
  ];
  return { answer: reply(received, { options: content, toAll: true }), refusal, changes: [] };
}

function decline({ leases, client }: AddressChoice, { message }: Received): Decision {
  const address = optionIn(message.options, options.requestedAddress);
  const held = leases.find(client);
  if (address === undefined || held?.address !== address)
    return silent("declines an address that it does not have");
  const lease: Lease = { address, client, state: "declined", until: leases.now + DECLINED_MS };
  return silent(`found that another machine has ${address}`, [{ kind: "keep", lease }]);
}

function release({ leases, client }: AddressChoice, { message }: Received): Decision {
  const address = message.ciaddr;
  if (leases.find(client)?.address !== address)
    return silent("releases an address that it does not have");
  return silent(`gives ${address} back`, [{ kind: "free", address }]);
}

/** RFC 2131 section 4.3.5: a client with an address of its own wants to know the rest. */
function inform(choice: AddressChoice, received: Received): Decision {
  const { network, local } = choice;
  const { ciaddr } = received.message;
  if (!subnetOf(network.subnet)?.holds(ciaddr)) return silent("INFORM from another network");
  const content = [
    given(options.messageType, messages.ack),
    given(options.serverId, local),
    ...settings(choice, received),
  ];
  return {
    answer: reply(received, { options: content, ciaddr, ...boot(choice, received) }),
    changes: [],
  };
}

/** The answer that lends `address`. The order of the options is dnsmasq's. */
function lent(choice: AddressChoice, received: Received, type: number, address: string): Content {
  const lease = leaseFor(choice.network, received);
  const times = [
    given(options.renewalTime, Math.floor(lease / 2)),
    given(options.rebindingTime, Math.floor((lease * 7) / 8)),
  ];
  return {
    yiaddr: address,
    ...boot(choice, received),
    options: [
      given(options.messageType, type),
      given(options.serverId, choice.local),
      given(options.leaseTime, lease),
      ...fileOption(choice, received),
      ...(lease === FOREVER ? [] : times),
      ...settings(choice, received),
    ],
  };
}

/** How long the client gets its address, in seconds: as long as it wants, up to what is configured. */
function leaseFor({ lease }: ServedNetwork, { message }: Received): number {
  const wanted = optionIn(message.options, options.leaseTime) ?? lease;
  return Math.min(lease, Math.max(wanted, SHORTEST_LEASE));
}

/** Where the files are, and the first of them for clients that read the field. */
function boot({ network, local }: AddressChoice, { message }: Received) {
  const { server = local, file } = network.boot;
  const inField = file !== undefined && !takesFileOption(message.options);
  return { siaddr: server, ...(inField && { file }) };
}

/** U-Boot reads the field, and asks for no option 67; a Raspberry Pi asks. */
function fileOption({ network }: AddressChoice, { message }: Received): [number, Uint8Array][] {
  const { file } = network.boot;
  const inOption = file !== undefined && takesFileOption(message.options);
  return inOption ? [given(options.bootFile, file)] : [];
}

const takesFileOption = (asked: Options) =>
  asked.get(options.requestList.code)?.includes(options.bootFile.code) === true;

/** What does not depend on a lease. */
function settings(choice: AddressChoice, { message }: Received): [number, Uint8Array][] {
  const { network, client } = choice;
  const { options: asked } = message;
  const subnet = subnetOf(network.subnet);
  const { netmask = NONE, broadcast = NONE } = subnet ?? {};
  const { router, dns, boot } = network;
  const name = hostOf(network, client)?.name;
  const { server } = boot;
  const ifAsked = [
    ...(name === undefined ? [] : [given(options.hostName, name)]),
    ...(server === undefined ? [] : [given(options.tftpServer, server)]),
    ...(dns.length > 0 ? [given(options.dns, dns)] : []),
    ...(router === undefined ? [] : [given(options.router, [router])]),
  ];
  const pxe = pxeClient(asked);
  return [
    given(options.netmask, netmask),
    given(options.broadcast, broadcast),
    ...ifAsked.filter(([code]) => asksFor(asked, code)),
    ...(pxe ? [...pxeIdentity(asked), pxeServices(pxe, boot.service)] : []),
  ];
}

/** Whether a client wants to know an option; who sends no list wants all. */
function asksFor(asked: Options, code: number): boolean {
  const list = asked.get(options.requestList.code);
  return list === undefined || list.includes(code);
}
