// The lease that a board on the desk gets: what our DHCP server would answer to its U-Boot, where the
// flow has a `network` whose addresses we give. Elsewhere somebody else gives them, and a network as
// most are is made up. Leaves out leases of other boards: there is one board on a desk.
import {
  answer,
  type DhcpMessage,
  given,
  ipv4Number,
  ipv4Text,
  Leases,
  messages,
  NONE,
  ops,
  optionIn,
  options,
  ports,
  type ServedNetwork,
  type Subnet,
  subnetOf,
} from "../dhcp/index.js";
import type { Client, Program } from "../program/index.js";
import type { Lease } from "../simulator/index.js";

/** The server of a flow that names none. */
export const ANYBODY = "192.168.0.250";

/** A board whose flow does not know its Ethernet address: one of nobody's. */
const NOBODYS = "02:00:00:00:00:01";

/** What a board is told that asks for an address; undefined when there is none for it. */
export function leaseFor(
  { servers, network }: Pick<Program, "servers" | "network">,
  client?: Client,
): Lease | undefined {
  const server = servers[0]?.text ?? ANYBODY;
  const dhcp = network?.dhcp;
  if (dhcp?.kind === "served") return served(dhcp, server, client);
  const around = subnetOf(dhcp?.subnet ?? `${server.split(".").slice(0, 3).join(".")}.0/24`);
  return around && elsewhere(around, { server, beside: dhcp !== undefined }, client);
}

/** What the DHCP server of `network`, at `local`, offers. */
function served(network: ServedNetwork, local: string, client?: Client): Lease | undefined {
  const received = {
    message: discover(client?.values.get("mac")?.text ?? NOBODYS),
    from: { address: NONE, port: ports.client },
    port: ports.server,
    local,
  };
  const offer = answer(network, new Leases(() => 0).view(), received).answer?.message;
  if (!offer) return undefined;
  const { yiaddr, siaddr, file, options: told } = offer;
  const hostname = optionIn(told, options.hostName);
  const [router] = optionIn(told, options.router) ?? [];
  const [dns] = optionIn(told, options.dns) ?? [];
  return {
    address: yiaddr,
    netmask: optionIn(told, options.netmask) ?? NONE,
    ...(siaddr !== NONE && { nextServer: siaddr }),
    serverIdentifier: optionIn(told, options.serverId) ?? local,
    ...(router !== undefined && { router }),
    ...(dns !== undefined && { dns }),
    ...(hostname !== undefined && { hostname }),
    ...(file !== "" && { bootfile: file }),
  };
}

/** U-Boot's question, with the list of what it takes (net/bootp.c). */
function discover(mac: string): DhcpMessage {
  const wanted = [options.netmask, options.router, options.dns, options.hostName];
  return {
    op: ops.request,
    htype: 1,
    hops: 0,
    xid: 1,
    secs: 0,
    flags: 0,
    ciaddr: NONE,
    yiaddr: NONE,
    siaddr: NONE,
    giaddr: NONE,
    sname: "",
    file: "",
    chaddr: Uint8Array.from(mac.split(":"), (each) => Number.parseInt(each, 16)),
    options: new Map([
      given(options.messageType, messages.discover),
      given(
        options.requestList,
        Uint8Array.from(wanted, ({ code }) => code),
      ),
    ]),
  };
}

/**
 * What a router says: the client's address, or the hundredth. One that a proxy stands beside names
 * itself as the server; without a `network` it was told of ours.
 */
function elsewhere(
  { network, netmask }: Subnet,
  { server, beside }: { readonly server: string; readonly beside: boolean },
  client?: Client,
): Lease {
  const at = (host: number) => ipv4Text((ipv4Number(network) ?? 0) + host);
  const address = client?.values.get("address")?.text ?? at(100);
  if (!beside) {
    const own = { nextServer: server, serverIdentifier: server, router: server };
    return { address, netmask, ...own };
  }
  const router = [at(1), at(2), at(3)].find((each) => each !== server && each !== address) ?? at(1);
  return { address, netmask, nextServer: router, serverIdentifier: router, router };
}
