// server/ubootc.service: what systemd needs to serve the flow on a machine of its own, DHCP included
// where the flow has a `network`, with the one right it takes and no other. Leaves out a socket unit: an answer has to leave from the address
// that was asked, and a socket that systemd opened for all addresses cannot tell which that was. One
// that names them (ListenDatagram=192.168.0.250:69) works with `ubootc serve`.
// systemd.exec(5), systemd.service(5).
import type { DhcpNetwork } from "../../dhcp/index.js";
import { unitArgument, unitText } from "../../ground/index.js";
import { contentOf } from "../../image/index.js";
import type { Program } from "../../program/index.js";
import type { Artifact } from "../artifact.js";

/** The unit that serves the flow called `name`, a file name without folders, and its `network`. */
export function serviceUnit({ name, network }: Pick<Program, "name" | "network">): Artifact {
  const content = contentOf(new TextEncoder().encode(unit(name, network?.dhcp.kind)));
  return { root: "server", name: "ubootc.service", content, madeFrom: [name] };
}

/** What of DHCP stands in the unit. A proxy lends nothing that would have to be kept. */
const answers: Readonly<
  Record<DhcpNetwork["kind"], { what: string; ports: string; flags: string }>
> = {
  proxy: { what: " and DHCP", ports: "Ports 67 and 69", flags: " --dhcp" },
  served: {
    what: " and DHCP",
    ports: "Ports 67 and 69",
    flags: " --dhcp --leases %S/ubootc/leases.json",
  },
};
const filesOnly = { what: "", ports: "Port 69", flags: "" };

// Not MemoryDenyWriteExecute: Node compiles JavaScript to machine code.
const unit = (flow: string, kind?: DhcpNetwork["kind"]) => {
  const { what, ports, flags } = kind === undefined ? filesOnly : answers[kind];
  return `# Put the flow and its inputs into /srv/ubootc, readable for all, and this file into
# /etc/systemd/system; then: systemctl enable --now ubootc

[Unit]
Description=Boot files over TFTP${what}: ${unitText(flow)}
Documentation=man:systemd.service(5)
Wants=network-online.target
After=network-online.target

[Service]
Type=exec
WorkingDirectory=/srv/ubootc
ExecStart=/usr/bin/env ubootc serve${flags} ${unitArgument(flow)}
${kind === "served" ? "StateDirectory=ubootc\n" : ""}ExecReload=/bin/kill -HUP $MAINPID
Restart=on-failure
RestartSec=2
# After the first signal transfers may end; see ubootc serve.
TimeoutStopSec=10

# ${ports} and nothing else.
DynamicUser=yes
AmbientCapabilities=CAP_NET_BIND_SERVICE
CapabilityBoundingSet=CAP_NET_BIND_SERVICE
NoNewPrivileges=yes
UMask=0077

ProtectSystem=strict
ProtectHome=yes
PrivateTmp=yes
PrivateDevices=yes
ProtectClock=yes
ProtectControlGroups=yes
ProtectHostname=yes
ProtectKernelLogs=yes
ProtectKernelModules=yes
ProtectKernelTunables=yes
ProtectProc=invisible
RemoveIPC=yes
RestrictAddressFamilies=AF_INET AF_INET6 AF_NETLINK
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
LockPersonality=yes
SystemCallArchitectures=native
SystemCallFilter=@system-service
SystemCallFilter=~@privileged @resources
SystemCallErrorNumber=EPERM

[Install]
WantedBy=multi-user.target
`;
};
