// server/ubootc.service: what systemd needs to serve the flow on a machine of its own, with the one
// right it takes and no other. Leaves out a socket unit: an answer has to leave from the address
// that was asked, and a socket that systemd opened for all addresses cannot tell which that was. One
// that names them (ListenDatagram=192.168.0.250:69) works with `ubootc serve`.
// systemd.exec(5), systemd.service(5).
import { contentOf } from "../image/index.js";
import type { Artifact } from "./artifact.js";

/** The unit that serves the flow called `flow`, a file name without folders. */
export function serviceUnit(flow: string): Artifact {
  const content = contentOf(new TextEncoder().encode(unit(flow)));
  return { root: "server", name: "ubootc.service", content, madeFrom: [flow] };
}

// Not MemoryDenyWriteExecute: Node compiles JavaScript to machine code.
const unit = (
  flow: string,
) => `# Put the flow and its inputs into /srv/ubootc, readable for all, and this file into
# /etc/systemd/system; then: systemctl enable --now ubootc

[Unit]
Description=Boot files over TFTP: ${argument(flow)}
Documentation=man:systemd.service(5)
Wants=network-online.target
After=network-online.target

[Service]
Type=exec
WorkingDirectory=/srv/ubootc
ExecStart=/usr/bin/env ubootc serve ${argument(flow)}
ExecReload=/bin/kill -HUP $MAINPID
Restart=on-failure
RestartSec=2
# After the first signal transfers may end; see ubootc serve.
TimeoutStopSec=10

# Port 69 and nothing else.
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

/** One argument of a command line (systemd.service(5), "Command lines"; `%` as in systemd.unit(5)). */
function argument(text: string): string {
  const safe = text.replaceAll("%", "%%").replaceAll("$", "$$$$");
  return /^[A-Za-z0-9._%$-]+$/.test(safe) ? safe : JSON.stringify(safe);
}
