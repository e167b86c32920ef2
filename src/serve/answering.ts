// What answers DHCP beside the files, ours or dnsmasq, and what it says of it.
import type { DhcpEvent, DhcpNetwork, Leases } from "../dhcp/index.js";

/** What comes of it. */
export type DhcpNews =
  | DhcpEvent
  /** A line that dnsmasq printed. */
  | { readonly type: "printed"; readonly line: string };

/** Somebody who answers for a network. */
export interface Answering {
  /** Where it listens; none while it waits for an address. */
  readonly address: string | undefined;
  /** What it knows of addresses; undefined for dnsmasq, which keeps that to itself. */
  readonly leases: Leases | undefined;
  /** Answers for `network` from now on. */
  replace(network: DhcpNetwork): Promise<void>;
  close(): Promise<void>;
}
