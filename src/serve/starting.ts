// What keeps a server from starting, in lines for people. Leaves out what to do about ports, which
// is privileged-port.ts.
import { type PortProblem, portAdvice } from "./privileged-port.js";

/** Why a server does not start, in lines for people. */
export class StartError extends Error {
  readonly lines: readonly string[];

  constructor(lines: readonly string[]) {
    super(lines[0]);
    this.lines = lines;
  }
}

/** Why DHCP cannot be answered for a flow. */
export const NO_NETWORK = [
  "the flow does not say how boards get their addresses",
  "beside the router: add `network { dhcp proxy 192.168.4.0/24 }`",
  "or, on a wire of its own: `network { dhcp range 192.168.0.100..192.168.0.199 }`",
];

/**
 * Waits for a server to start.
 * @throws StartError that says why it does not.
 */
export async function asked<T>(
  protocol: PortProblem["protocol"],
  port: number,
  starting: Promise<T>,
): Promise<T> {
  try {
    return await starting;
  } catch (problem) {
    if (!(problem instanceof Error)) throw problem;
    if (!("code" in problem)) {
      // What dnsmasq said, or what is wrong with a file of leases. A TypeError is a bug of ours.
      if (protocol !== "dhcp" || problem.constructor !== Error) throw problem;
      throw new StartError([`dhcp: ${problem.message}`]);
    }
    const code = String(problem.code);
    const address = "address" in problem ? String(problem.address) : undefined;
    const { message } = problem;
    throw new StartError(portAdvice({ code, message, address, port, protocol }, process.platform));
  }
}
