// Which address a client gets, and whether it may have the one it asks for. Leaves out messages.
// RFC 2131 sections 4.3.1 and 4.3.2.
import { freeAddress } from "./free-address.js";
import { subnetOf } from "./ipv4.js";
import { type ClientKey, holds, type LeaseView, sameClient } from "./leases.js";
import { type DhcpHost, hostIndex, inRanges, type ServedNetwork } from "./network.js";
import { options } from "./options.js";
import type { DhcpMessage } from "./packet.js";

/** What an address is chosen by. */
export interface AddressChoice {
  readonly network: ServedNetwork;
  readonly leases: LeaseView;
  readonly client: ClientKey;
  /** The server's own address. */
  readonly local: string;
}

/** By what the sender of `message` is known. */
export function clientKey({ htype, chaddr, options: asked }: DhcpMessage): ClientKey {
  const id = asked.get(options.clientId.code);
  return {
    hardware: `${htype}/${macText(chaddr)}`,
    // Type and at least one byte (RFC 2132 section 9.14).
    ...(id && id.length > 1 && { id: Buffer.from(id).toString("hex") }),
  };
}

/** A hardware address as people write it. */
export function macText(bytes: Uint8Array): string {
  return [...bytes].map((each) => each.toString(16).padStart(2, "0")).join(":");
}

const ETHERNET = "1";

/** The entry for a client; by its identifier before its Ethernet address. */
export function hostOf({ hosts }: ServedNetwork, client: ClientKey): DhcpHost | undefined {
  const { byId, byMac } = hostIndex(hosts);
  const [htype, mac = ""] = client.hardware.split("/");
  return byId.get(client.id ?? "") ?? (htype === ETHERNET ? byMac.get(mac) : undefined);
}

/** The address for a client that begins, `wanted` if it may be; undefined when none is left. */
export function addressFor(choice: AddressChoice, wanted: string | undefined): string | undefined {
  const { network, leases, client } = choice;
  const kept = hostOf(network, client)?.address;
  const former = leases.find(client);
  // What was only offered is no binding: the wish of the client comes first.
  const [bound, offered] =
    former?.state === "offered" ? [undefined, former.address] : [former?.address, undefined];
  const [first] = [kept, bound, wanted, offered].filter(
    (address) => address !== undefined && objection(choice, address, true) === undefined,
  );
  return first ?? freeAddress(choice, (address) => isOpen(choice, address));
}

/**
 * Why a client may not have `address`, in words for the NAK; undefined when it may. `selecting`: it
 * comes from our own OFFER, so nothing is said of other addresses.
 */
export function objection(
  { network, leases, client, local }: AddressChoice,
  address: string,
  selecting: boolean,
): string | undefined {
  if (!subnetOf(network.subnet)?.holds(address)) return "not an address of this network";
  const host = hostOf(network, client);
  const isKept = host?.address === address;
  if (!isKept && (!inRanges(network.ranges, address) || isFixed(network, address, local))) {
    return "not an address for this client";
  }
  if (isTaken(leases, address, client)) return "another client has this address";
  const own = host?.address ?? leases.find(client)?.address;
  const moves = !selecting && own !== undefined && own !== address;
  // Only when it will get the other one: it would ask again for ever.
  if (moves && !isTaken(leases, own, client)) return "this client has another address";
  return undefined;
}

/** Whether `address` belongs to a machine that is known beforehand. */
function isFixed({ hosts, router }: ServedNetwork, address: string, local: string): boolean {
  return address === local || address === router || hostIndex(hosts).addresses.has(address);
}

/** Whether `address` is one of those that are for whoever asks. */
function isOpen({ network, local }: AddressChoice, address: string): boolean {
  // Some clients take x.x.x.0 and x.x.x.255 for no addresses of hosts in any subnet.
  if (/\.(0|255)$/.test(address)) return false;
  return inRanges(network.ranges, address) && !isFixed(network, address, local);
}

/** Whether somebody else has `address`, or declined it. */
function isTaken(leases: LeaseView, address: string, client: ClientKey): boolean {
  const lease = leases.at(address);
  return holds(lease, leases) && (lease.state === "declined" || !sameClient(lease.client, client));
}
