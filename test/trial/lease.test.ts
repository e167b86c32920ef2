// What a board on the desk is told when it asks for an address, by what the flow says of its network.
// That real U-Boot is told the same is in real/e2e/dhcp.test.ts.
import { expect, it } from "vitest";
import { bootDesk } from "../../src/trial/index.js";
import { bench, deskOf } from "./flows.js";

const told = ["ipaddr", "netmask", "gatewayip", "dnsip", "serverip", "hostname", "bootfile"];

/** What U-Boot has in its environment after `dhcp`. */
function lease(network: string, client = "a"): string {
  const flow = `board qemu_arm64
server 192.168.0.250
client a { serial "1"  mac 52:54:00:00:00:01  address 192.168.0.31 }
client b { serial "2" }
${network}
script boot on sdcard "boot.scr" {
  dhcp
  print "${told.map((name) => `\${${name}}`).join(",")}"
}
`;
  const { console } = bootDesk(deskOf(bench("lab.boot", flow), client));
  return console.trim().split("\n").at(-1) ?? "";
}

const RANGE = "dhcp range 192.168.0.100..192.168.0.199";

it.each([
  ["", "a", "192.168.0.31,255.255.255.0,192.168.0.250,,192.168.0.250,,"],
  ["", "b", "192.168.0.100,255.255.255.0,192.168.0.250,,192.168.0.250,,"],
  [`network { ${RANGE} }`, "a", "192.168.0.31,255.255.255.0,,,192.168.0.250,a,"],
  [
    `network { ${RANGE} router 192.168.0.1 dns "192.168.0.2, 9.9.9.9" subnet 192.168.0.0/23 }`,
    "a",
    "192.168.0.31,255.255.254.0,192.168.0.1,192.168.0.2,192.168.0.250,a,",
  ],
  [
    `network { ${RANGE} file "boot.scr.uimg" }`,
    "a",
    "192.168.0.31,255.255.255.0,,,192.168.0.250,a,boot.scr.uimg",
  ],
  [
    "network { dhcp proxy 192.168.0.0/24 }",
    "a",
    "192.168.0.31,255.255.255.0,192.168.0.1,,192.168.0.1,,",
  ],
])("%s: client %s gets %s", (network, client, expected) => {
  expect(lease(network, client)).toBe(expected);
});

it("gives a board without an Ethernet address one of the range", () => {
  expect(lease(`network { ${RANGE} }`, "b")).toMatch(/^192\.168\.0\.1\d\d,255\.255\.255\.0,/);
});

it("has none when all are others'", () => {
  const range = "network { dhcp range 192.168.0.31..192.168.0.31 }";
  expect(lease(range, "b")).toBe("boot failed: lab.boot:7: dhcp");
});
