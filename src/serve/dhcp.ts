// DHCP for the boards of a flow that is served: answered by us, or by dnsmasq under our eyes. Leaves
// out what is answered (src/dhcp) and how dnsmasq is run (dnsmasq.ts).
import { readFileSync } from "node:fs";
import { isIPv4 } from "node:net";
import { type DhcpEvent, type DhcpNetwork, DhcpServer, type Lease, Leases } from "../dhcp/index.js";
import { failureOf, writeContent } from "../files/index.js";
import { contentOf } from "../image/index.js";
import { Dnsmasq } from "./dnsmasq.js";

/** Who answers, and how. */
export interface DhcpOptions {
  readonly by: "ubootc" | "dnsmasq";
  /** A file that our leases are kept in between two runs. */
  readonly leases?: string;
}

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

/** How long a lease may be unwritten, in ms. */
const WRITE_MS = 1000;

async function ownServer(
  network: DhcpNetwork,
  file: string | undefined,
  report: (news: DhcpNews) => void,
): Promise<Answering> {
  if (file === undefined) return DhcpServer.start(network, { report });
  const leases = new Leases(Date.now, readLeases(file));
  let timer: NodeJS.Timeout | undefined;
  const write = () => {
    timer = undefined;
    const text = `${JSON.stringify(leases.all, undefined, 1)}\n`;
    const problem = writeContent(file, contentOf(new TextEncoder().encode(text)));
    if (problem) report({ type: "trouble", message: problem.message });
  };
  const server = await DhcpServer.start(network, {
    leases,
    report(event) {
      report(event);
      timer ??= setTimeout(write, WRITE_MS);
    },
  });
  return {
    get address() {
      return server.address;
    },
    leases,
    replace: (changed) => server.replace(changed),
    async close() {
      clearTimeout(timer);
      await server.close();
      write();
    },
  };
}

/**
 * The leases of a former run; none when there was none.
 * @throws when the file is something else.
 */
function readLeases(file: string): readonly Lease[] {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (problem) {
    if (problem instanceof Error && "code" in problem && problem.code === "ENOENT") return [];
    throw new Error(`${file}: ${failureOf(problem)}`);
  }
  try {
    const all: unknown = JSON.parse(text);
    if (Array.isArray(all) && all.every(isLease)) return all;
  } catch {
    // Said below.
  }
  throw new Error(`${file}: not a file of leases; without it they are begun anew`);
}

function isLease(value: unknown): value is Lease {
  const { address, until, state, client } = (value ?? {}) as Partial<Lease>;
  return (
    isAddress(address) &&
    typeof until === "number" &&
    ["offered", "bound", "declined"].includes(state ?? "") &&
    typeof client?.hardware === "string" &&
    (client.id === undefined || typeof client.id === "string")
  );
}

const isAddress = (text: unknown): text is string => typeof text === "string" && isIPv4(text);
