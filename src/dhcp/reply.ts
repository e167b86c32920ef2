// Answers: what they repeat of a request, where they go, how long they may be. Leaves out what they
// say. RFC 2131 section 4.1 and table 3.
import { NONE } from "./ipv4.js";
import type { LeaseChange } from "./leases.js";
import { type Options, optionIn, options } from "./options.js";
import { BROADCAST_FLAG, type DhcpMessage, EVERYBODY_TAKES, ops } from "./packet.js";

/** The ports of DHCP (RFC 2131 section 4.1), and of a PXE boot server. */
export const ports: Readonly<Record<"server" | "client" | "pxe", number>> = {
  server: 67,
  client: 68,
  pxe: 4011,
};

/** A message, and how it came. */
export interface Received {
  readonly message: DhcpMessage;
  readonly from: { readonly address: string; readonly port: number };
  /** The port it came to: 67, or 4011. */
  readonly port: number;
  /** Our address on the network it came from. */
  readonly local: string;
  /** Whether it was sent to that address, and to nobody else. */
  readonly direct?: boolean;
}

/** Where an answer goes. */
export interface Destination {
  readonly address: string;
  readonly port: number;
  /**
   * `hardware`: the client has no address yet and wants no broadcast. The packet has to go to its
   * Ethernet address; who cannot do that may broadcast it (RFC 2131 section 4.1).
   */
  readonly by: "unicast" | "broadcast" | "hardware";
}

/** An answer. */
export interface Answer {
  readonly message: DhcpMessage;
  readonly to: Destination;
  /** How long a message the client takes, in bytes. */
  readonly longest: number;
}

/** An answer or why there is none; and what becomes of the leases, in both cases. */
export interface Decision {
  readonly answer?: Answer;
  /** Why nothing is said. */
  readonly silence?: string;
  /** Why the answer is a NAK. */
  readonly refusal?: string;
  readonly changes: readonly LeaseChange[];
}

/** A decision for silence. */
export const silent = (silence: string, changes: readonly LeaseChange[] = []): Decision => ({
  silence,
  changes,
});

/** What an answer consists of besides what it repeats of the request. */
export interface Content {
  readonly options: readonly (readonly [number, Uint8Array])[];
  readonly ciaddr?: string;
  readonly yiaddr?: string;
  readonly siaddr?: string;
  readonly file?: string;
  /** Whether it goes to everybody, whatever the client asked for. */
  readonly toAll?: boolean;
}

/**
 * The answer to `received`. `secs` and `hops` are repeated, which RFC 2131 table 3 sets to zero: so
 * does dnsmasq, which more boot ROMs have been tried with than with anything else.
 */
export function reply(received: Received, content: Content): Answer {
  const { message: asked } = received;
  const { ciaddr = NONE, yiaddr = NONE, siaddr = NONE, file = "", toAll = false } = content;
  const flags = toAll ? asked.flags | BROADCAST_FLAG : asked.flags;
  const all = new Map(content.options);
  const agent = asked.options.get(options.relayAgent.code);
  // RFC 3046 section 2.2: as it came, and last.
  if (agent) all.set(options.relayAgent.code, agent);
  const message: DhcpMessage = {
    ...asked,
    op: ops.reply,
    flags,
    ciaddr,
    yiaddr,
    siaddr,
    sname: "",
    file,
    options: all,
  };
  return { message, to: destinationOf(received, message), longest: longestFor(asked.options) };
}

/** RFC 2131 section 4.1; on port 4011 back to where it came from. */
function destinationOf({ port, from }: Received, message: DhcpMessage): Destination {
  const { giaddr, ciaddr, yiaddr, flags } = message;
  if (giaddr !== NONE) return { address: giaddr, port: ports.server, by: "unicast" };
  if (ciaddr !== NONE) {
    return { address: ciaddr, port: port === ports.pxe ? from.port : ports.client, by: "unicast" };
  }
  if (flags & BROADCAST_FLAG || yiaddr === NONE) {
    return { address: "255.255.255.255", port: ports.client, by: "broadcast" };
  }
  return { address: yiaddr, port: ports.client, by: "hardware" };
}

/** What comes before a message in a packet: IP and UDP, in bytes. */
const AROUND = 28;

/** The longest message a client takes: what it says, and what it must take in any case. */
function longestFor(asked: Options): number {
  const said = optionIn(asked, options.maximumSize) ?? 0;
  return Math.max(said - AROUND, EVERYBODY_TAKES);
}
