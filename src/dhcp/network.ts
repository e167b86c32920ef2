// What a DHCP server is told about its network. The same configuration makes our answers and
// dnsmasq's. Leaves out where it comes from.
import { ipv4Number, subnetOf } from "./ipv4.js";

/** What boards are told about their boot. */
export interface BootOffer {
  /** Where the files are, `siaddr` and option 66; the server's own address by default. */
  readonly server?: string;
  /** The name of the first file: option 67 for who asks for it, `file` for all others. */
  readonly file?: string;
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

/** What a Raspberry Pi looks for in option 43 before it boots from an address. */
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

/** What is wrong with a configuration, in words; empty when nothing is. */
export function problemsOf(network: DhcpNetwork): readonly string[] {
  const subnet = subnetOf(network.subnet);
  if (!subnet) return [`${network.subnet} is no subnet`];
  if (network.kind === "proxy") return [];
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
    ...own
      .filter((each) => !subnet.holds(each))
      .map((each) => `${each} is not in ${network.subnet}`),
    ...turned.map(({ first, last }) => `the range ${first} to ${last} ends before it begins`),
    ...(countOf(ranges) > MOST_ADDRESSES ? [`more than ${MOST_ADDRESSES} addresses`] : []),
    ...(lease >= SHORTEST_LEASE && lease <= FOREVER ? [] : [`a lease of ${lease} s`]),
  ];
}

/** Shorter ones only make traffic, and dnsmasq knows none; in seconds. */
export const SHORTEST_LEASE = 120;

/** How many addresses may be in the ranges: each may have to be looked at, and remembered. */
export const MOST_ADDRESSES = 65536;
