// `network` to server/dnsmasq.conf: golden text.
import { expect, it } from "vitest";
import { configuration, networks, range } from "./networks.js";

it("a range", () =>
  expect(configuration(networks["a range"] ?? "")).toMatchInlineSnapshot(`
    "# Made by ubootc from lab.boot. Put it into /etc/dnsmasq.d, then: systemctl restart dnsmasq
    # or let ubootc run it: ubootc serve --dnsmasq lab.boot

    # DHCP only.
    port=0
    except-interface=lo
    bind-dynamic

    # The only DHCP server here.
    dhcp-authoritative
    dhcp-range=192.168.0.100,192.168.0.199,255.255.255.0,43200
    # No router: without this line dnsmasq names itself.
    dhcp-option=3
    dhcp-option=66,192.168.0.250
    dhcp-host=b8:27:eb:12:34:56,192.168.0.31,bench-1
    dhcp-host=b8:27:eb:12:34:58,192.168.0.120

    # Where boards boot from. A Raspberry Pi looks for the name of this service.
    dhcp-boot=,,192.168.0.250
    pxe-service=0,"Raspberry Pi Boot"
    "
  `));

it("all there is", () =>
  expect(configuration(networks["all there is"] ?? "")).toMatchInlineSnapshot(`
    "# Made by ubootc from lab.boot. Put it into /etc/dnsmasq.d, then: systemctl restart dnsmasq
    # or let ubootc run it: ubootc serve --dnsmasq lab.boot

    # DHCP only.
    port=0
    interface=br0
    bind-dynamic

    # The only DHCP server here.
    dhcp-authoritative
    dhcp-range=192.168.0.100,192.168.0.199,255.255.254.0,infinite
    dhcp-option=3,192.168.0.1
    dhcp-option=6,192.168.0.1,9.9.9.9
    dhcp-option=66,192.168.0.250
    dhcp-host=b8:27:eb:12:34:56,192.168.0.31,bench-1
    dhcp-host=b8:27:eb:12:34:58,192.168.0.120

    # Where boards boot from. A Raspberry Pi looks for the name of this service.
    dhcp-boot=boot.scr.uimg,,192.168.0.250
    pxe-service=0,"Raspberry Pi Boot"

    enable-tftp
    tftp-root=/srv/tftp
    "
  `));

it("a proxy", () =>
  expect(configuration(networks["a proxy"] ?? "")).toMatchInlineSnapshot(`
    "# Made by ubootc from lab.boot. Put it into /etc/dnsmasq.d, then: systemctl restart dnsmasq
    # or let ubootc run it: ubootc serve --dnsmasq lab.boot

    # DHCP only.
    port=0
    interface=br0
    bind-dynamic

    # Addresses come from another server; this one only says where to boot from.
    dhcp-range=192.168.0.0,proxy,255.255.255.0

    # Where boards boot from. A Raspberry Pi looks for the name of this service.
    dhcp-boot=,,192.168.0.250
    pxe-service=0,"Raspberry Pi Boot   "
    "
  `));

it.each([
  ["dhcp range 192.168.0.199..192.168.0.100", "value-invalid"],
  ["dhcp range 192.168.0.100", "value-invalid"],
  ["dhcp range 10.0.0.1..10.9.0.1", "value-invalid"],
  ["dhcp proxy 192.168.0.1/24", "value-invalid"],
  [`${range} lease 12`, "value-invalid"],
  [`${range} lease 119s`, "value-invalid"],
  [`${range} dns "9.9.9.9; 1.1.1.1"`, "value-invalid"],
  [`${range} interface "eth0,lo"`, "value-invalid"],
  [`${range} file "../boot.scr"`, "value-invalid"],
  [`${range} tftp "srv"`, "value-invalid"],
  [`${range} service "a,b"`, "value-invalid"],
  [`${range} router 192.168.0.150`, "address-in-range"],
  ["dhcp range 192.168.0.200..192.168.0.254", "address-in-range"],
  ["dhcp range 192.168.0.100..192.168.1.9", "outside-subnet"],
  ["dhcp range 192.168.7.1..192.168.7.9", "outside-subnet outside-subnet outside-subnet"],
  [`${range} rooter 192.168.0.1`, "property-unknown"],
  ["dhcp proxy 192.168.0.0/24 lease 12h", "property-unknown"],
  ["dhcp proxy 192.168.7.0/24", "outside-subnet outside-subnet outside-subnet"],
])("network { %s } is refused: %s", (network, codes) => {
  expect(configuration(`network { ${network} }`)).toBe(codes);
});
