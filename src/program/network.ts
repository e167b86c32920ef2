// `network`: how the boards get their addresses, as a configuration for a DHCP server. Leaves out
// the servers: ours is src/dhcp, the file for dnsmasq is written by generate/.
import { isIPv4 } from "node:net";
import {
  type AddressRange,
  countOf,
  type DhcpHost,
  type DhcpNetwork,
  FOREVER,
  inRanges,
  ipv4Number,
  isHostName,
  MOST_ADDRESSES,
  SHORTEST_LEASE,
  type Subnet,
  subnetOf,
} from "../dhcp/index.js";
import { diagnose, type Report, type Span } from "../diagnostics/index.js";
import type { NetworkDeclaration } from "../language/index.js";
import type { Context } from "./context.js";
import type { Client, Given, Network, Server } from "./program.js";
import { allows, filePath, serverPath } from "./rules.js";
import { type Found, ipv4, reading, readProperties } from "./values.js";

const subnet = reading("a subnet such as 192.168.4.0/24", (found) =>
  subnetOf(found) ? found : undefined,
);

const range = reading(
  `a range of at most ${MOST_ADDRESSES} addresses such as 192.168.0.100..192.168.0.199`,
  (found): AddressRange | undefined => {
    const [first = "", last = "", ...rest] = found.split("..");
    if (rest.length > 0 || ipv4Number(first) === undefined || ipv4Number(last) === undefined) {
      return undefined;
    }
    const count = countOf([{ first, last }]);
    return count >= 1 && count <= MOST_ADDRESSES ? { first, last } : undefined;
  },
);

/** In seconds. */
const lease = reading("a lease of at least 2min such as 12h, 7d or forever", (found) => {
  if (found === "forever") return FOREVER;
  const [, digits, unit = ""] = /^(\d{1,7})(s|min|h|d)$/.exec(found) ?? [];
  const seconds = Number(digits) * ({ s: 1, min: 60, h: 3600, d: 86_400 }[unit] ?? 0);
  return seconds >= SHORTEST_LEASE && seconds < FOREVER ? seconds : undefined;
});

const addresses = reading(
  'an IPv4 address, or several in quotes such as "192.168.0.1, 9.9.9.9"',
  (found): readonly string[] | undefined => {
    const all = found.split(",").map((each) => each.trim());
    return all.every(isIPv4) ? all : undefined;
  },
);

const device = reading("the name of a network interface such as eth0", (found) =>
  /^[\w.@-]{1,15}$/.test(found) ? found : undefined,
);

const file = reading("the name of a file on the TFTP server", (found) =>
  found.length <= 127 && allows(filePath, found) ? found : undefined,
);

const service = reading("the name of a boot service such as Raspberry Pi Boot", (found) =>
  /^[\w .+-]{1,60}$/.test(found) ? found : undefined,
);

const folder = reading("a folder on the server such as /srv/tftp", (found) =>
  allows(serverPath, found) ? found : undefined,
);

/** Both kinds of network have these. */
const everywhere = { interface: device, file, service, tftp: folder };

/** The network of a flow; undefined when there is none, or it was reported. */
export function resolveNetwork(
  declarations: readonly NetworkDeclaration[],
  clients: readonly Client[],
  servers: readonly Server[],
  context: Context,
): Network | undefined {
  const [first, second] = declarations;
  if (!first) return undefined;
  if (second) {
    const before = { span: first.span, text: "the first one" };
    context.report(diagnose("network-twice", {}, [{ span: second.span }, before]));
  }
  return first.mode === "proxy"
    ? proxyNetwork(first, clients, servers, context)
    : servedNetwork(first, clients, servers, context);
}

function proxyNetwork(
  { range: at, properties }: NetworkDeclaration,
  clients: readonly Client[],
  servers: readonly Server[],
  { scope, report }: Context,
): Network | undefined {
  const found = subnet(at, scope, report);
  const read = readProperties("network", properties, everywhere, scope, report);
  if (found === undefined) return undefined;
  const around = { text: found, subnet: subnetOf(found) as Subnet, guessed: false };
  clientsInside(around, clients, report);
  return networkWith({ kind: "proxy", subnet: found }, read, servers);
}

function servedNetwork(
  { range: at, properties }: NetworkDeclaration,
  clients: readonly Client[],
  servers: readonly Server[],
  { scope, report }: Context,
): Network | undefined {
  const given = range(at, scope, report);
  const schema = { ...everywhere, subnet, lease, router: ipv4, dns: addresses };
  const read = readProperties("network", properties, schema, scope, report);
  if (!given) return undefined;
  const text = read.subnet?.value ?? `${given.first.replace(/\.\d+$/, "")}.0/24`;
  const around = { text, subnet: subnetOf(text) as Subnet, guessed: !read.subnet };
  const ends = [given.first, given.last].filter((end) => !around.subnet.holds(end));
  const [end] = ends;
  if (end !== undefined) inside(around, "the range's", { text: end, span: at.span }, report);
  const router = read.router && { text: read.router.value, span: read.router.span };
  if (router) inside(around, "the router", router, report);
  const fixed = [
    ...(router ? [{ what: "the router", given: router }] : []),
    ...servers.map((server) => ({ what: "the server", given: server })),
  ];
  const hosts = clients.flatMap((client) => {
    const address = client.values.get("address");
    const mac = client.values.get("mac");
    if (address && !mac) fixed.push({ what: `client \`${client.name}\``, given: address });
    return mac && (address || isHostName(client.name)) ? [hostFor(client.name, mac, address)] : [];
  });
  clientsInside(around, clients, report);
  if (ends.length === 0) reportInRange(given, at.span, fixed, report);
  const served = {
    ...({ kind: "served", subnet: text, ranges: [given], hosts } as const),
    lease: read.lease?.value ?? DEFAULT_LEASE,
    dns: read.dns?.value ?? [],
    ...(router && { router: router.text }),
  };
  return networkWith(served, read, servers);
}

/** Half a day, in seconds: long enough for a day's work, and the next day begins afresh. */
const DEFAULT_LEASE = 12 * 3600;

/** What both kinds of network are told. */
function networkWith(
  network: Omit<DhcpNetwork, "boot" | "interface">,
  read: { readonly [K in keyof typeof everywhere]?: Found<string> },
  servers: readonly Server[],
): Network {
  const [server] = servers;
  const boot = {
    ...(server && { server: server.text }),
    ...(read.file && { file: read.file.value }),
    ...(read.service && { service: read.service.value }),
  };
  const dhcp = { ...network, boot, ...(read.interface && { interface: read.interface.value }) };
  // The spread of a union is a union again, which the type system does not follow.
  return { dhcp: dhcp as DhcpNetwork, ...(read.tftp && { tftp: read.tftp.value }) };
}

function hostFor(name: string, mac: Given, address: Given | undefined): DhcpHost {
  return {
    mac: mac.text.toLowerCase(),
    ...(address && { address: address.text }),
    ...(isHostName(name) && { name }),
  };
}

interface Around {
  readonly text: string;
  readonly subnet: Subnet;
  /** Whether it was not written. */
  readonly guessed: boolean;
}

function inside(around: Around, what: string, { text, span }: Given, report: Report): void {
  const { subnet, guessed } = around;
  if (subnet.holds(text)) return;
  report(diagnose("outside-subnet", { what, address: text, subnet: around.text, guessed }, span));
}

function clientsInside(around: Around, clients: readonly Client[], report: Report): void {
  for (const { name, values } of clients) {
    const address = values.get("address");
    if (address) inside(around, `client \`${name}\``, address, report);
  }
}

/** Reports what has an address of the range without being kept for it. */
function reportInRange(
  range: AddressRange,
  span: Span,
  fixed: readonly { readonly what: string; readonly given: Given }[],
  report: Report,
): void {
  for (const { what, given } of fixed) {
    if (!inRanges([range], given.text)) continue;
    const data = { what, address: given.text, client: what.startsWith("client") };
    const labels = [{ span: given.span }, { span, text: "the range" }];
    report(diagnose("address-in-range", data, labels));
  }
}
