// Flows and networks that server/ubootc.service is written for, and its text.
import type { DhcpNetwork } from "../../src/dhcp/index.js";
import { serviceUnit } from "../../src/generate/index.js";
import { bytesOf } from "../../src/image/index.js";
import type { Network } from "../../src/program/index.js";

export const names = ["zero-client.boot", "100%.boot", "a $b 'c'.boot", "line\nbreak.boot"];

export function text(name: string, network?: Network): string {
  const { content } = serviceUnit({ name, ...(network && { network }) });
  return Buffer.from(bytesOf(content)).toString();
}

const boot = { server: "192.168.4.10" };
const subnet = "192.168.4.0/24";
export const networks: Readonly<Record<DhcpNetwork["kind"], Network>> = {
  proxy: { dhcp: { kind: "proxy", subnet, boot } },
  served: {
    dhcp: {
      ...{ kind: "served", subnet, boot, lease: 600, dns: [], hosts: [] },
      ranges: [{ first: "192.168.4.100", last: "192.168.4.199" }],
    },
  },
};
