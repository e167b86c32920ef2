// server/dnsmasq.conf: the flow's network for a machine that runs dnsmasq. What stands in it is
// src/dhcp's; here is where it belongs and how it is used. dnsmasq(8).
import { dnsmasqConfiguration } from "../../dhcp/index.js";
import { oneLine, shellWord } from "../../ground/index.js";
import { contentOf } from "../../image/index.js";
import type { Program } from "../../program/index.js";
import type { Artifact } from "../artifact.js";

/** The configuration for the network of a flow; none without a `network`. */
export function dnsmasqFile({ name, network }: Program): readonly Artifact[] {
  if (!network) return [];
  const { dhcp, tftp } = network;
  const title = [
    `Made by ubootc from ${oneLine(name)}. Put it into /etc/dnsmasq.d, then: systemctl restart dnsmasq`,
    `or let ubootc run it: ubootc serve --dnsmasq ${shellWord(name)}`,
  ];
  const text = dnsmasqConfiguration(dhcp, { title, ...(tftp !== undefined && { tftpRoot: tftp }) });
  const content = contentOf(new TextEncoder().encode(text));
  return [{ root: "server", name: "dnsmasq.conf", content, madeFrom: [name] }];
}
