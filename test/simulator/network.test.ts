// Network commands that no board in the laboratory has: NFS and HTTP of U-Boot's own stack, and lwIP.
// What they print is read from U-Boot's sources.
import { describe, expect, it } from "vitest";
import { simulate } from "../../src/simulator/index.js";
import { alike } from "./alike.js";
import { board, content, lease, world } from "./worlds.js";

const served = { "nfs /srv/Image": "kernel", "http /Image": "kernel", "tftp Image": "kernel" };

/** A world where each protocol serves one file. */
function network(environment: Readonly<Record<string, string>> = {}) {
  const { lan, ...rest } = world({ environment });
  if (!lan) throw new Error("no network");
  const fetch: typeof lan.fetch = (protocol, server, name) => {
    const file = served[`${protocol} ${name}` as keyof typeof served];
    return file === undefined
      ? lan.fetch(protocol, server, name)
      : { kind: "file", content: content(file) };
  };
  const twoServers = { ...lease, serverIdentifier: "192.168.0.1", bootfile: "Image" };
  return { ...rest, lan: { ...lan, fetch, lease: () => twoServers } };
}

/** What `text` prints on a board, and some variables it leaves. */
function shown(id: string, text: string, environment: Readonly<Record<string, string>> = {}) {
  const given = { ethact: "eth0", ...environment };
  const ran = simulate({ text }, { board: board(id), world: network(given) });
  return `${alike(ran.console)}${ran.ending.kind === "prompt" ? ran.ending.status : ran.ending.kind}`;
}

const addresses = { ipaddr: "192.168.0.9", serverip: "192.168.0.250" };

describe("U-Boot's own stack", () => {
  it("loads over NFS", () => {
    expect(
      shown("am335x_evm", "nfs 0x82000000 192.168.0.250:/srv/Image", addresses),
    ).toBe(`Using eth0 device
File transfer via NFS from server 192.168.0.250; our IP address is 192.168.0.9
Filename '/srv/Image'.
Load address: 0x82000000
Loading: *\b#
done
Bytes transferred = 6 (6 hex)
0`);
  });

  it("says that NFS has no such file", () => {
    expect(shown("am335x_evm", "nfs 0x82000000 192.168.0.250:/srv/none", addresses)).toMatch(
      /\*\*\* ERROR: [^\n]*\n1$/,
    );
  });

  it("loads over HTTP", () => {
    expect(
      shown("qemu_arm64", "wget 0x40300000 192.168.0.250:/Image; printenv filesize", addresses),
    ).toMatch(/Transfer Successful\nBytes transferred = 6 \(6 hex\)\nfilesize=6\n0$/);
  });

  it.each([
    ["takes a URL's protocol for the server", "wget 0x40300000 http://192.168.0.250/Image"],
    ["asks for a name as it is written", "wget 0x40300000 192.168.0.250:Image"],
    ["gives up a URL by TFTP, too", "tftpboot 0x40300000 http://192.168.0.250/Image"],
  ])("%s", (_, command) => {
    const text = `${command}; printenv filesize`;
    expect(shown("qemu_arm64", text, addresses)).toMatch(/"filesize" not defined\n1$/);
  });

  it("says which device it used", () => {
    const text = "printenv ethact; tftpboot 0x40300000 Image; printenv ethact";
    const { console } = simulate(
      { text },
      { board: board("qemu_arm64"), world: network(addresses) },
    );
    expect(console).toMatch(/^## Error: "ethact" not defined\nUsing eth0 [\s\S]*\nethact=eth0\n$/);
  });

  it("starts again as often as netretry says", () => {
    const patience = { tftptimeout: "1000", tftptimeoutcountmax: "1", netretry: "2" };
    const silent = { ...network({ ...addresses, ...patience, ethact: "eth0" }) };
    const lan = { ...silent.lan, fetch: () => ({ kind: "silence" as const }) };
    const { console, time, ending } = simulate(
      { text: "tftpboot 0x40300000 x" },
      { board: board("qemu_arm64"), world: { ...silent, lan } },
    );
    expect(console.match(/Retry count exceeded/g)).toHaveLength(3);
    // Two seconds of silence each time, and ten before it is tried again.
    expect(time).toBe(3 * 2000 + 2 * 10_000);
    expect(ending).toEqual({ kind: "prompt", status: 1 });
  });

  it("gives up on DHCP after its time", () => {
    const alone = { ...network(), lan: { ...network().lan, lease: () => undefined } };
    const { console, time } = simulate(
      { text: "dhcp" },
      { board: board("qemu_arm64"), world: alone, release: "2023.01" },
    );
    expect(console).toMatch(/BOOTP broadcast 17\n\nRetry time exceeded; starting again\n$/);
    expect(time).toBe(29_750);
  });
});

describe("lwIP", () => {
  it("keeps both servers of a lease and loads nothing by itself", () => {
    const text = "dhcp; printenv ipaddr serverip tftpserverip bootfile";
    expect(shown("qemu_arm64_lwip", text)).toBe(`DHCP client bound to address 192.168.0.100 (… ms)
ipaddr=192.168.0.100
serverip=192.168.0.1
tftpserverip=192.168.0.250
bootfile=Image
0`);
  });

  it("asks tftpserverip before serverip", () => {
    const text = "dhcp; setenv serverip 192.168.0.2; tftpboot 0x40300000 Image";
    expect(shown("qemu_arm64_lwip", text)).toBe(`DHCP client bound to address 192.168.0.100 (… ms)
Using eth0 device
TFTP from server 192.168.0.250; our IP address is 192.168.0.100
Filename 'Image'.
Load address: 0x40300000
Loading: ##################################################  6 Bytes
done
Bytes transferred = 6 (6 hex)
0`);
  });

  it.each([
    ["tftpboot 0x40300000 x", "error: tftpserverip/serverip has to be set\n1"],
    ["tftpboot 0 192.168.0.250:x", "error: no load address\n1"],
    ["tftpboot 0x40300000 192.168.0.250:69:none", /TFTP error: 1 \(File not found\)\n1$/],
    ["tftpboot 0x40300000 192.168.0.77:x", /Loading: Timeout!\n1$/],
    ["wget 0x40300000 http://192.168.0.250/Image", /Bytes transferred = 6 \(6 hex\)\n0$/],
    ["wget 0x40300000 http://192.168.0.250/none", "\nHTTP server error 404\n1"],
    ["ping 192.168.0.77", /ping failed; host 192.168.0.77 is not alive\n1$/],
  ])("%s", (text, expected) => {
    if (typeof expected === "string") expect(shown("qemu_arm64_lwip", text)).toContain(expected);
    else expect(shown("qemu_arm64_lwip", text)).toMatch(expected);
  });
});
