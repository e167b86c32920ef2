// The search for a free address. It begins where dnsmasq begins its own, so that a board mostly gets
// the same from both, and after a restart that forgot the leases. Its cost is bounded: with many
// addresses and somebody who asks for all of them, a board that asks must not wait for the others.
import { ipv4Number, ipv4Text } from "./ipv4.js";
import { type ClientKey, holds, type LeaseView } from "./leases.js";
import type { ServedNetwork } from "./network.js";

/** Who asks, and what is known. */
export interface Search {
  readonly network: ServedNetwork;
  readonly leases: LeaseView;
  readonly client: ClientKey;
}

/** How many addresses are looked at from where dnsmasq begins. */
const NEAR = 128;

/** Where the search through all addresses goes on, and until when there is none. */
interface Progress {
  next: number;
  /** The ranges are full until then, unless more is given back than this. */
  full?: { readonly until: number; readonly freed: number };
}

const progress = new WeakMap<ServedNetwork, Progress>();

/**
 * A free address of the ranges for which `isOpen` says yes, or one that was offered to somebody who
 * has not taken it up for longest; undefined when all are taken.
 */
export function freeAddress(
  search: Search,
  isOpen: (address: string) => boolean,
): string | undefined {
  const { leases } = search;
  const isFree = (address: string) => !holds(leases.at(address), leases) && isOpen(address);
  const found = nearAddress(search, isFree) ?? anyAddress(search, isFree);
  if (found !== undefined) return found;
  for (const { address } of leases.offers) if (isOpen(address)) return address;
  return undefined;
}

function nearAddress(
  { network, client }: Search,
  isFree: (address: string) => boolean,
): string | undefined {
  const seed = sdbm(Buffer.from((client.hardware.split("/")[1] ?? "").replaceAll(":", ""), "hex"));
  for (const { first, last } of network.ranges) {
    const begin = ipv4Number(first) ?? 0;
    const count = (ipv4Number(last) ?? -1) - begin + 1;
    for (let step = 0; step < Math.min(count, NEAR); step++) {
      const address = ipv4Text(begin + ((seed + step) % count));
      if (isFree(address)) return address;
    }
  }
  return undefined;
}

/** Any free address. The search goes on where the last one ended: each is looked at once a round. */
function anyAddress(
  { network, leases }: Search,
  isFree: (address: string) => boolean,
): string | undefined {
  const all = network.ranges.map(({ first, last }) => {
    const begin = ipv4Number(first) ?? 0;
    return { begin, count: (ipv4Number(last) ?? -1) - begin + 1 };
  });
  const total = all.reduce((sum, { count }) => sum + count, 0);
  const known = progress.get(network) ?? { next: 0 };
  progress.set(network, known);
  const { full } = known;
  if (total === 0 || (full && full.freed === leases.freed && leases.now < full.until)) {
    return undefined;
  }
  let until = Number.POSITIVE_INFINITY;
  for (let looked = 0; looked < total; looked++) {
    const address = ipv4Text(numberAt(all, known.next++ % total));
    if (isFree(address)) return address;
    const lease = leases.at(address);
    if (holds(lease, leases)) until = Math.min(until, lease.until);
  }
  known.full = { until, freed: leases.freed };
  return undefined;
}

/** The address that is `index`th of all ranges. */
function numberAt(
  all: readonly { readonly begin: number; readonly count: number }[],
  index: number,
): number {
  let left = index;
  for (const { begin, count } of all) {
    if (left < count) return begin + left;
    left -= count;
  }
  return 0;
}

/** The hash of the sdbm library, 32 bits. */
function sdbm(bytes: Uint8Array): number {
  const hash = bytes.reduce((sum, each) => (each + (sum << 6) + (sum << 16) - sum) >>> 0, 0);
  return hash === 0 ? 1 : hash;
}
