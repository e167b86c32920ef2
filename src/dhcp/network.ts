// What a DHCP server is told about its network. The same configuration makes our answers and
// dnsmasq's. Leaves out where it comes from.
import { ipv4Number, subnetOf } from "./ipv4.js";

/** What boards are told about their boot. */
export interface BootOffer {
  /** Where the files are, `siaddr` and option 66; the server's own address by default. */
  readonly server?: string;
  /** The name of the first file: option 67 for who asks for it, `file` for all others. */
  readonly file?: string;
  /** What option 43 calls the boot service; `PXE_SERVICE` by default. */
  readonly service?: string;
}

interface Network {
  /** a.b.c.d/bits. */
  readonly subnet: string;
  /** The interface it is on, where the machine has several in this subnet. */
  readonly interface?: string;
  readonly boot: BootOffer;
}

/** A network whose addresses another server gives: ours adds what PXE clients ask for. */
export interface ProxyNetwork extends Network {
  readonly kind: "proxy";
}

/** First and last address to give. */
export interface AddressRange {
  readonly first: string;
  readonly last: string;
}

/** A board that is known beforehand. */
export interface DhcpHost {
  /** Its Ethernet address in lower case, `b8:27:eb:12:34:56`. */
  readonly mac?: string;
  /** Its client identifier (option 61), in hexadecimal digits, lower case. */
  readonly clientId?: string;
  /** The address that is kept for it. */
  readonly address?: string;
  /** The name it is given. */
  readonly name?: string;
}

/** A network whose only DHCP server is ours. */
export interface ServedNetwork extends Network {
  readonly kind: "served";
  readonly ranges: readonly AddressRange[];
  /** How long an address is given for, in seconds; `FOREVER` for no end. */
  readonly lease: number;
  readonly router?: string;
  readonly dns: readonly string[];
  readonly hosts: readonly DhcpHost[];
}

export type DhcpNetwork = ProxyNetwork | ServedNetwork;

/** A lease that does not end, as option 51 says it. */
export const FOREVER = 0xffffffff;

/**
 * What a Raspberry Pi looks for in option 43 before it boots from an address. The first model 3B
 * wants three blanks after it.
 */
export const PXE_SERVICE = "Raspberry Pi Boot";

/** Whether `address` is one of `ranges`. */
export function inRanges(ranges: readonly AddressRange[], address: string): boolean {
  const number = ipv4Number(address) ?? -1;
  return ranges.some(
    ({ first, last }) => number >= (ipv4Number(first) ?? 0) && number <= (ipv4Number(last) ?? -1),
  );
}

/** The boards that are known beforehand, by what they are looked up by. */
export interface HostIndex {
  readonly byId: ReadonlyMap<string, DhcpHost>;
  readonly byMac: ReadonlyMap<string, DhcpHost>;
  readonly addresses: ReadonlySet<string>;
}

const indexes = new WeakMap<readonly DhcpHost[], HostIndex>();

/** The index of `hosts`, made once. */
export function hostIndex(hosts: readonly DhcpHost[]): HostIndex {
  const known = indexes.get(hosts);
  if (known) return known;
  const by = (key: "clientId" | "mac") =>
    new Map(hosts.flatMap((each) => (each[key] === undefined ? [] : [[each[key], each] as const])));
  const addresses = new Set(hosts.flatMap(({ address }) => address ?? []));
  const index = { byId: by("clientId"), byMac: by("mac"), addresses };
  indexes.set(hosts, index);
  return index;
}

/** How many addresses `ranges` have. */
export function countOf(ranges: readonly AddressRange[]): number {
  return ranges.reduce(
    (sum, { first, last }) => sum + (ipv4Number(last) ?? -1) - (ipv4Number(first) ?? 0) + 1,
    0,
  );
}

/**
 * Whether `text` can be the name of a host (RFC 1123 section 2.1). What dnsmasq would read as
 * something else in its place is not.
 */
export function isHostName(text: string): boolean {
  const label = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i.test(text);
  return label && !/^(?:ignore|infinite|\d+[smhdw]?)$/i.test(text);
}

/** What may stand in a configuration file, where a line end or a comma would begin something else. */
const forms = {
  interface: /^[\w.@-]{1,15}$/,
  file: /^[\w./@+-]{1,127}$/,
  service: /^[\w .+-]{1,60}$/,
  mac: /^[0-9a-f]{2}(?::[0-9a-f]{2}){5}$/,
  clientId: /^(?:[0-9a-f]{2}){2,64}$/,
} as const;

function malformed(key: keyof typeof forms, value: string | undefined): readonly string[] {
  if (value === undefined || forms[key].test(value)) return [];
  return [`${JSON.stringify(value)} is not a valid ${key}`];
}

/** What is wrong with a configuration, in words; empty when nothing is. */
export function problemsOf(network: DhcpNetwork): readonly string[] {
  const subnet = subnetOf(network.subnet);
  if (!subnet) return [`${network.subnet} is not a subnet`];
  const texts = [
    ...malformed("interface", network.interface),
    ...malformed("file", network.boot.file),
    ...malformed("service", network.boot.service),
    ...addressProblems([network.boot.server]),
  ];
  if (network.kind === "proxy") return texts;
  const { ranges, router, hosts, lease } = network;
  const own = [
    ...ranges.flatMap(({ first, last }) => [first, last]),
    ...hosts.flatMap(({ address }) => address ?? []),
    ...(router === undefined ? [] : [router]),
  ];
  const turned = ranges.filter(
    ({ first, last }) => (ipv4Number(first) ?? 0) > (ipv4Number(last) ?? 0),
  );
  return [
    ...texts,
    ...addressProblems(network.dns),
    ...hosts.flatMap(({ mac, clientId, name }) => [
      ...malformed("mac", mac),
      ...malformed("clientId", clientId),
      ...(name === undefined || isHostName(name)
        ? []
        : [`${JSON.stringify(name)} is not a host name`]),
    ]),
    ...own
      .filter((each) => !subnet.holds(each))
      .map((each) => `${each} is not in ${network.subnet}`),
    ...turned.map(({ first, last }) => `the range ${first} to ${last} ends before it begins`),
    ...(countOf(ranges) > MOST_ADDRESSES ? [`more than ${MOST_ADDRESSES} addresses`] : []),
    ...(lease >= SHORTEST_LEASE && lease <= FOREVER ? [] : [`a lease of ${lease} s`]),
  ];
}

function addressProblems(addresses: readonly (string | undefined)[]): readonly string[] {
  return addresses
    .filter((each) => each !== undefined && ipv4Number(each) === undefined)
    .map((each) => `${JSON.stringify(each)} is not an IPv4 address`);
}

/** Shorter ones only make traffic, and dnsmasq knows none; in seconds. */
export const SHORTEST_LEASE = 120;

/** How many addresses may be in the ranges: each may have to be looked at, and remembered. */
export const MOST_ADDRESSES = 65536;
