// DHCP for the boards of a flow that is served: answered by us, or by dnsmasq under our eyes. Leaves
// out what is answered (src/dhcp) and how dnsmasq is run (dnsmasq.ts).
import { type DhcpNetwork, DhcpServer, Leases } from "../dhcp/index.js";
import type { Answering, DhcpNews } from "./answering.js";
import { Dnsmasq } from "./dnsmasq.js";
import { LeaseFile, readLeases } from "./lease-file.js";

/** Who answers, and how. */
export interface DhcpOptions {
  readonly by: "ubootc" | "dnsmasq";
  /** A file that our leases are kept in between two runs. */
  readonly leases?: string;
}

/**
 * Begins to answer for `network`.
 * @throws when a port cannot be had, dnsmasq not be run, or the leases not be read.
 */
export function answering(
  network: DhcpNetwork,
  { by, leases }: DhcpOptions,
  report: (news: DhcpNews) => void,
): Promise<Answering> {
  return by === "dnsmasq" ? Dnsmasq.start(network, report) : ownServer(network, leases, report);
}

async function ownServer(
  network: DhcpNetwork,
  file: string | undefined,
  report: (news: DhcpNews) => void,
): Promise<Answering> {
  if (file === undefined) return DhcpServer.start(network, { report });
  const { leases: former, warning } = readLeases(file);
  if (warning !== undefined) report({ type: "trouble", message: warning });
  const leases = new Leases(Date.now, former);
  const kept = new LeaseFile(file, () => leases.all);
  const keep = () => kept.keep();
  const server = await DhcpServer.start(network, { leases, keep, report });
  return {
    get address() {
      return server.address;
    },
    leases,
    replace: (changed) => server.replace(changed),
    async close() {
      await server.close();
      await keep().catch(({ message }: Error) => report({ type: "trouble", message }));
    },
  };
}
