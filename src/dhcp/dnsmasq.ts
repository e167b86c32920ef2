// dnsmasq.conf: the same network, for a machine that runs dnsmasq instead. Leaves out DNS, which
// stays off. dnsmasq(8), version 2.76 and later.
import { oneLine } from "../ground/index.js";
import { subnetOf } from "./ipv4.js";
import { type DhcpNetwork, FOREVER, PXE_SERVICE, type ServedNetwork } from "./network.js";
import { options } from "./options.js";

/** What is written besides the network. */
export interface DnsmasqOptions {
  /** Comment lines for the top of the file, without `#`. */
  readonly title?: readonly string[];
  /** A folder that dnsmasq is to serve over TFTP; otherwise it does not. */
  readonly tftpRoot?: string;
}

/** The text of a configuration file; every value in it was checked by who made `network`. */
export function dnsmasqConfiguration(network: DhcpNetwork, more: DnsmasqOptions = {}): string {
  const { title = [], tftpRoot } = more;
  const { boot, interface: device } = network;
  // Bound: another dnsmasq of this machine, such as that of a virtual network, keeps its interface.
  const place = [
    device === undefined ? "except-interface=lo" : `interface=${device}`,
    "bind-dynamic",
  ];
  const file = boot.file ?? "";
  const files =
    boot.server !== undefined || file !== ""
      ? [`dhcp-boot=${[file, "", boot.server ?? ""].join(",").replace(/,+$/, "")}`]
      : [];
  const lines = [
    ...(title.length > 0 ? [...title.map((line) => `# ${oneLine(line)}`), ""] : []),
    "# DHCP only.",
    "port=0",
    ...place,
    "",
    ...(network.kind === "proxy" ? proxyLines(network.subnet) : servedLines(network)),
    "",
    "# Where boards boot from. A Raspberry Pi looks for the name of this service.",
    ...files,
    `pxe-service=0,"${boot.service ?? PXE_SERVICE}"`,
    ...(tftpRoot === undefined ? [] : ["", "enable-tftp", `tftp-root=${tftpRoot}`]),
  ];
  return `${lines.join("\n")}\n`;
}

function proxyLines(subnet: string): readonly string[] {
  const { network = "", netmask = "" } = subnetOf(subnet) ?? {};
  return [
    "# Addresses come from another server; this one only says where to boot from.",
    `dhcp-range=${network},proxy,${netmask}`,
  ];
}

function servedLines(network: ServedNetwork): readonly string[] {
  const { subnet, ranges, lease, router, dns, hosts, boot } = network;
  const { netmask = "" } = subnetOf(subnet) ?? {};
  const time = lease === FOREVER ? "infinite" : `${lease}`;
  const option = (code: number, values: readonly string[]) =>
    `dhcp-option=${[code, ...values].join(",")}`;
  return [
    "# The only DHCP server here.",
    "dhcp-authoritative",
    ...ranges.map(({ first, last }) => `dhcp-range=${first},${last},${netmask},${time}`),
    ...(router === undefined
      ? ["# No router: without this line dnsmasq names itself.", option(options.router.code, [])]
      : [option(options.router.code, [router])]),
    ...(dns.length > 0 ? [option(options.dns.code, dns)] : []),
    ...(boot.server === undefined ? [] : [option(options.tftpServer.code, [boot.server])]),
    ...hosts.map(
      ({ mac, clientId, address, name }) =>
        `dhcp-host=${[mac, clientId && `id:${pairs(clientId)}`, address, name].filter(Boolean).join(",")}`,
    ),
  ];
}

/** Hexadecimal digits as dnsmasq reads them. */
const pairs = (digits: string) => digits.match(/../g)?.join(":") ?? "";
