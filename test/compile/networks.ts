// The networks that the tests have, and server/dnsmasq.conf for one.
import { expect } from "vitest";
import { compile } from "../../src/compile.js";
import { memoryFiles } from "../../src/files/index.js";
import { bytesOf } from "../../src/image/index.js";

const flow = (network: string) => `board rpi_3
server 192.168.0.250
client bench-1 { serial "0001"  mac "B8:27:EB:12:34:56"  address 192.168.0.31 }
client bench_2 { serial "0002"  mac b8:27:eb:12:34:57 }
client infinite { serial "0003"  mac b8:27:eb:12:34:58  address 192.168.0.120 }
client bench-4 { serial "0004"  address 192.168.0.34 }
${network}
script netboot on tftp "netboot-\${serial#}.scr" for each client { dhcp }
`;

/** The configuration that comes of a network, or the codes of what is wrong. */
export function configuration(network: string): string {
  const files = memoryFiles({ "lab.boot": flow(network) });
  const { artifacts, diagnostics } = compile("lab.boot", { files });
  const file = artifacts?.find(({ name }) => name === "dnsmasq.conf");
  if (!file) return diagnostics.map(({ code }) => code).join(" ");
  expect(file.root).toBe("server");
  return new TextDecoder().decode(bytesOf(file.content));
}

export const range = "dhcp range 192.168.0.100..192.168.0.199";
export const networks: Record<string, string> = {
  "a range": `network { ${range} }`,
  "all there is": `network {
    ${range}, subnet 192.168.0.0/23
    lease forever  router 192.168.0.1  dns "192.168.0.1, 9.9.9.9"
    interface br0  file "boot.scr.uimg"  tftp "/srv/tftp"
  }`,
  "a proxy": 'network { dhcp proxy 192.168.0.0/24 interface br0  service "Raspberry Pi Boot   " }',
};
