// The machine's own addresses: which of them to listen on, who is on-link, how large a packet may
// be. Leaves out sockets. Node tells no MTU; Linux has it in /sys/class/net.
import { readFileSync } from "node:fs";
import { BlockList, isIPv6 } from "node:net";
import { networkInterfaces } from "node:os";

/** One address of this machine. */
export interface LocalAddress {
  /** With the zone (`%eth0`) when it is link-local. */
  readonly address: string;
  readonly family: 4 | 6;
  /** The largest IP packet of its interface, in bytes. */
  readonly mtu: number;
  /** Whether an address of the same family is reached without a router. */
  onLink(peer: string): boolean;
}

/** What Ethernet carries, where the system does not say. */
const ETHERNET_MTU = 1500;

/** What the system last said of its interfaces. */
let interfaces: ReturnType<typeof networkInterfaces> = {};

/** Every address of every interface that is up; as known before where the system cannot say. */
export function localAddresses(): LocalAddress[] {
  try {
    interfaces = networkInterfaces();
  } catch {
    // Out of descriptors or memory: what was true a moment ago is as good as it gets.
  }
  return Object.entries(interfaces).flatMap(([device, addresses = []]) =>
    addresses.map(({ address, family, cidr, scopeid }) => ({
      address: scopeid ? `${address}%${device}` : address,
      family: family === "IPv6" ? (6 as const) : (4 as const),
      mtu: mtuOf(device),
      onLink: nearBy(cidr === null ? [] : [cidr]),
    })),
  );
}

/** How long what the system said of its addresses is taken for true, in ms. */
const FRESH_MS = 1000;

/**
 * What is known of `address`; for a wildcard, on-link is what is on-link anywhere (`::` may stand
 * for both families). Asks again from time to time: an interface whose cable is not plugged in, or whose only board is off, has no
 * addresses until it is up.
 */
export function localAddress(address: string): LocalAddress {
  const family = isIPv6(address) ? 6 : 4;
  let at = Number.NEGATIVE_INFINITY;
  let same: readonly LocalAddress[] = [];
  const now = () => {
    if (performance.now() - at < FRESH_MS) return same;
    const all = localAddresses().filter((one) => one.family === family || address === "::");
    const own = all.filter((one) => one.address === address);
    at = performance.now();
    same = own.length > 0 ? own : all;
    return same;
  };
  return {
    address,
    family,
    get mtu() {
      const sizes = now().map(({ mtu }) => mtu);
      return sizes.length > 0 ? Math.min(...sizes) : ETHERNET_MTU;
    },
    onLink: (peer) => now().some((one) => one.onLink(peer)),
  };
}

function mtuOf(device: string): number {
  try {
    const mtu = Number(readFileSync(`/sys/class/net/${device}/mtu`, "utf8"));
    // 576 is the least that every IPv4 host takes.
    return mtu >= 576 ? mtu : ETHERNET_MTU;
  } catch {
    return ETHERNET_MTU;
  }
}

/** Whether an address lies in one of `networks` (`address/bits`). */
export function nearBy(networks: readonly string[]): (peer: string) => boolean {
  const list = new BlockList();
  for (const network of networks) {
    const [address = "", bits = ""] = network.split("/");
    list.addSubnet(address, Number(bits), isIPv6(address) ? "ipv6" : "ipv4");
  }
  return (peer) => {
    const [address = ""] = peer.split("%");
    return list.check(address, isIPv6(address) ? "ipv6" : "ipv4");
  };
}
