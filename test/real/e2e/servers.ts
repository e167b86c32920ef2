// The DHCP and TFTP servers a board meets: Debian's, so that what our files promise is not judged
// by our own code. Each can be started late and stopped at any time.

import type { Program } from "../../tools/program.js";
import { find } from "../../tools/tools.js";
import type { Network } from "./network.js";

export interface DhcpOptions {
  /** First and last address to give. */
  readonly range?: readonly [string, string];
  /** Addresses kept for boards, by Ethernet address. */
  readonly hosts?: Readonly<Record<string, string>>;
  /** Further arguments of dnsmasq, such as "--dhcp-boot=boot.scr". */
  readonly more?: readonly string[];
}

/** Starts dnsmasq as DHCP server only. */
export async function startDhcp(network: Network, options: DhcpOptions = {}): Promise<Program> {
  const [first, last] = options.range ?? ["192.168.0.100", "192.168.0.199"];
  const hosts = Object.entries(options.hosts ?? {});
  const server = network.start("dnsmasq", [
    "--conf-file=/dev/null",
    "--keep-in-foreground",
    "--log-facility=-",
    "--log-dhcp",
    "--user=root",
    "--pid-file",
    "--leasefile-ro",
    "--port=0",
    "--no-ping",
    "--dhcp-authoritative",
    `--dhcp-range=${first},${last},255.255.255.0,1h`,
    ...hosts.map(([ethernet, address]) => `--dhcp-host=${ethernet},${address}`),
    ...(options.more ?? []),
  ]);
  await network.listening(server, "udp", 67);
  return server;
}

/** Starts tftpd-hpa on `directory`, listening on `address` (the network's own by default). */
export async function startTftp(
  network: Network,
  directory: string,
  address = network.address,
): Promise<Program> {
  const where = ["--address", `${address}:69`, "--secure", directory];
  const command = [find("in.tftpd") ?? "in.tftpd", "--foreground", "--user", "root", ...where];
  // It answers each board from a process that outlives it, unless they all end with their first.
  const server = network.start("unshare", ["--pid", "--fork", "--kill-child", ...command]);
  await network.listening(server, "udp", 69);
  return server;
}
