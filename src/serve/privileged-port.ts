// Why a port cannot be had, and what to do about it on the system at hand. Ports below 1024 need
// privileges on most of them.

/** What went wrong with a port. */
export interface PortProblem {
  /** As the system calls it: EACCES, EADDRINUSE, … */
  readonly code: string | undefined;
  readonly message: string;
  readonly address: string | undefined;
  readonly port: number;
  readonly protocol: "tftp" | "http" | "metrics" | "dhcp";
}

const OTHER_PORT =
  "or listen elsewhere with --port 6969, and let the board ask there: its U-Boot needs " +
  "CONFIG_TFTP_PORT and `setenv tftpdstp 6969`";

/** For whoever may become root. */
const AS_ROOT =
  "or start it with sudo and --user NAME: it is root only until it has the port, and NAME then";

/** Several ways each; the first is the one to prefer. */
const ways: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
  linux: [
    "let systemd start it: `ubootc build` writes server/ubootc.service, which gives it " +
      "CAP_NET_BIND_SERVICE and nothing else; or let systemd open the port for it, with " +
      "ListenDatagram=ADDRESS:69 in a socket unit",
    "or let everybody listen there: sudo sysctl net.ipv4.ip_unprivileged_port_start=69",
    AS_ROOT,
    OTHER_PORT,
  ],
  darwin: [
    'redirect the port: echo "rdr pass proto udp to any port 69 -> 127.0.0.1 port 6969" | ' +
      "sudo pfctl -ef -, and serve with --port 6969",
    AS_ROOT,
    OTHER_PORT,
  ],
  freebsd: [
    "let everybody listen there: sudo sysctl net.inet.ip.portrange.reservedhigh=68",
    AS_ROOT,
    OTHER_PORT,
  ],
  win32: [
    "see whether Windows keeps the port: netsh interface ipv4 show excludedportrange udp",
    "and whether the firewall or another program does: Get-NetUDPEndpoint -LocalPort 69",
    OTHER_PORT,
  ],
};

/** How to find out who has a port. */
const owners: Readonly<Partial<Record<NodeJS.Platform, (port: number) => string>>> = {
  linux: (port) => `sudo ss -lunp sport = :${port} shows who`,
  darwin: (port) => `sudo lsof -nP -iUDP:${port} shows who`,
  win32: (port) => `Get-NetUDPEndpoint -LocalPort ${port} shows who`,
};

/** What to tell somebody who wanted to serve on that port, a line each. */
export function portAdvice(problem: PortProblem, platform: NodeJS.Platform): readonly string[] {
  const { code, message, address, port, protocol } = problem;
  const where = `${address === undefined ? "" : `${address} `}port ${port}`;
  if (code === "EACCES" || code === "EPERM") {
    const all = protocol === "tftp" ? ways[platform] : ways[platform]?.slice(0, -1);
    // The port of DHCP is below that of TFTP.
    const start = (way: string) => way.replace("port_start=69", `port_start=${port}`);
    const advice = protocol === "dhcp" ? all?.map(start) : all;
    return [
      `may not listen on ${where} (${protocol})`,
      ...(advice ?? ["start it with more rights", OTHER_PORT]),
    ];
  }
  if (code === "EADDRINUSE") {
    const owner = protocol === "tftp" || protocol === "dhcp" ? owners[platform]?.(port) : undefined;
    return [`another program listens on ${where} (${protocol})`, ...(owner ? [owner] : [])];
  }
  if (code === "EADDRNOTAVAIL") return [`${address ?? "the address"} is not one of this machine`];
  return [`cannot listen on ${where} (${protocol}): ${message}`];
}
