// Our answers beside those of real dnsmasq, which runs with the configuration that we write: the
// same bytes to the same place for every message of every board, except where the table says why
// not. dnsmasq writes all it hears and says into a capture file (--dumpfile).
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { describe, expect, it, onTestFinished } from "vitest";
import {
  answer,
  type DhcpNetwork,
  decode,
  dnsmasqConfiguration,
  encode,
  FOREVER,
  Leases,
  type ServedNetwork,
} from "../../../src/dhcp/index.js";
import {
  datagram,
  discovers,
  efiRequest,
  macs,
  requests,
  SERVER,
  type Sent,
} from "../../dhcp/clients.js";
import { have, run } from "../../tools/tools.js";
import { Network } from "../e2e/network.js";

const served: ServedNetwork = {
  kind: "served",
  subnet: "192.168.0.0/24",
  boot: { server: SERVER, file: "boot.scr.uimg" },
  ranges: [{ first: "192.168.0.100", last: "192.168.0.199" }],
  lease: 12 * 3600,
  router: "192.168.0.1",
  dns: ["192.168.0.1", "9.9.9.9"],
  hosts: [
    { mac: macs.known, address: "192.168.0.31", name: "bench-1" },
    { clientId: "006231", address: "192.168.0.32" },
  ],
};

const networks: Record<string, DhcpNetwork> = {
  "the only server": served,
  "the only server, with little to say": {
    ...{ kind: "served", subnet: "192.168.0.0/24", boot: {}, lease: FOREVER, dns: [], hosts: [] },
    ranges: [
      { first: "192.168.0.10", last: "192.168.0.109" },
      { first: "192.168.0.150", last: "192.168.0.199" },
    ],
  },
  "a proxy": { kind: "proxy", subnet: "192.168.0.0/24", boot: {} },
  "a proxy that names server and file": {
    ...{ kind: "proxy", subnet: "192.168.0.0/24", interface: "br0" },
    boot: { server: "192.168.0.9", file: "boot.scr.uimg", service: "Raspberry Pi Boot   " },
  },
};

/** An answer in a capture, and where it went; hexadecimal digits. */
interface Heard {
  readonly to: string;
  readonly bytes: string;
}

/** What dnsmasq answered to each of `messages`, by its capture. */
async function heard(network: DhcpNetwork, messages: readonly [number, Buffer][]) {
  const folder = mkdtempSync(join(tmpdir(), "ubootc-dhcp-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const inside = await Network.open(folder, SERVER);
  onTestFinished(() => inside.close());
  // A bridge has no carrier without a port, and sends nothing.
  inside.exec("ip", "link", "set", inside.addTap(), "up");
  const [file, dump] = [join(folder, "dnsmasq.conf"), join(folder, "dump")];
  writeFileSync(file, dnsmasqConfiguration(network));
  const server = inside.start("dnsmasq", [
    ...[`--conf-file=${file}`, "--keep-in-foreground", "--log-facility=-", "--user=root"],
    ...["--pid-file", "--leasefile-ro", "--no-ping"],
    ...[`--dumpfile=${dump}`, "--dumpmask=0x1000"],
  ]);
  await inside.listening(server, "udp", 67);
  const sender = inside.start(process.execPath, [
    "-e",
    SEND,
    SERVER,
    ...messages.map(([port, each]) => `${port}:${each.toString("hex")}`),
  ]);
  await sender.waitForEnd(20_000);
  expect(sender.output).toBe("");
  for (let tries = 0; captured(dump).asked < messages.length && tries < 200; tries++)
    await pause(20);
  await pause(100);
  await server.stop();
  return captured(dump);
}

/** Broadcasts messages, from the port of clients, in order; one for 4011 goes there directly. */
const SEND = `
const [local, ...all] = process.argv.slice(1);
const socket = require("dgram").createSocket("udp4");
socket.bind({ address: local, port: 68 }, async () => {
  socket.setBroadcast(true);
  for (const each of all) {
    const [port, hex] = each.split(":");
    socket.send(Buffer.from(hex, "hex"), +port, port === "67" ? "255.255.255.255" : local);
    await new Promise((done) => setTimeout(done, 20));
  }
  socket.close();
});`;

/** The requests in a capture of dnsmasq, and the answer to each: pcap, IPv4, UDP. */
function captured(file: string): { asked: number; answers: (Heard | undefined)[] } {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch {
    bytes = Buffer.alloc(0);
  }
  const answers: (Heard | undefined)[] = [];
  for (let at = 24; at + 16 <= bytes.length; ) {
    const length = bytes.readUInt32LE(at + 8);
    const packet = bytes.subarray(at + 16, at + 16 + length);
    at += 16 + length;
    const [address, port] = [[...packet.subarray(16, 20)].join("."), packet.readUInt16BE(22)];
    // What the sender sent comes from port 68.
    if (packet.readUInt16BE(20) === 68) answers.push(undefined);
    else {
      const message = packet.subarray(28).toString("hex");
      answers[answers.length - 1] = { to: `${address}:${port}`, bytes: message };
    }
  }
  return { asked: answers.length, answers };
}

/** What we answer to each. */
function said(network: DhcpNetwork, messages: readonly [number, Buffer][]) {
  const leases = new Leases(() => 1e12);
  return messages.map(([port, bytes]): Heard | undefined => {
    const message = decode(bytes);
    if ("problem" in message) return undefined;
    const from = { address: SERVER, port: 68 };
    const decision = answer(network, leases.view(), { message, from, port, local: SERVER });
    leases.apply(decision.changes);
    if (!decision.answer) return undefined;
    const { to, message: sent, longest } = decision.answer;
    const { bytes: encoded } = encode(sent, longest);
    return { to: `${to.address}:${to.port}`, bytes: Buffer.from(encoded).toString("hex") };
  });
}

const nakText = { options: [56], why: "words for people" };

/**
 * Where our answers differ: in these options, or altogether. One more difference does not show here:
 * an address that was offered is not offered to another board meanwhile.
 */
const differences: Readonly<Record<string, { options?: readonly number[]; why: string }>> = {
  "the known board with another address (INIT-REBOOT)": nakText,
  "an address of another network (INIT-REBOOT)": nakText,
  "an address that another client has": nakText,
  "an address that is kept for another": nakText,
  "Linux renews": { options: [58, 59], why: "dnsmasq spreads T1 and T2 by chance" },
  "the offer of another server": {
    why: "RFC 2131 section 4.3.2 has the others fall silent; dnsmasq, told that it is alone, says NAK",
  },
};

/** An answer without the options that may differ. */
function comparable(heard: Heard | undefined, without: readonly number[]) {
  const bytes = Buffer.from(heard?.bytes ?? "", "hex");
  const message = decode(bytes);
  if (!heard || "problem" in message || without.length === 0) return heard;
  const kept = [...message.options].filter(([code]) => !without.includes(code));
  return { to: heard.to, fixed: bytes.toString("hex", 0, 240), options: kept };
}

it("sends messages as long as those that were captured", () => {
  const length = (name: keyof typeof discovers) => datagram(discovers[name]).length;
  expect(length("Pi 3, boot ROM")).toBe(320);
  expect(length("Pi 2, bootcode.bin of its card")).toBe(322);
  expect(length("Pi 4, EEPROM")).toBe(364 - 42);
});

const lab = have("dnsmasq", "unshare", "nsenter", "ip");

describe.runIf(lab)("beside dnsmasq", { timeout: 240_000 }, () => {
  it.each(Object.keys(networks))("%s", async (name) => {
    const network = networks[name] as DhcpNetwork;
    const messages = conversation(network);
    const sent = messages.map(([, each]) => each);
    const theirs = await heard(network, sent);
    const ours = said(network, sent);
    expect(theirs.asked).toBe(messages.length);
    const rows = messages.flatMap(([title], at) => {
      const differs = network.kind === "served" ? differences[title] : undefined;
      if (differs && !differs.options) return [];
      const [our, their] = [ours[at], theirs.answers[at]];
      return [[title, ...[our, their].map((each) => comparable(each, differs?.options ?? []))]];
    });
    expect(rows.map(([title, our]) => [title, our])).toEqual(
      rows.map(([title, , t]) => [title, t]),
    );
    const answered = ours.filter((each) => each !== undefined).length;
    expect(answered).toBe(network.kind === "served" ? 34 : 10);
  });
});

/** What boards say: what they begin with, and then what follows from the offers. */
function conversation(network: DhcpNetwork): [string, [number, Buffer]][] {
  const first = namesOf(discovers);
  const offers = said(
    network,
    first.map(([, each]) => each),
  );
  const address = (mac: string) => {
    const at = first.findLastIndex(
      ([title]) => discovers[title as keyof typeof discovers].mac === mac,
    );
    return addressIn(offers[at]) || "192.168.0.150";
  };
  const all = [...first, ...namesOf(requests(address))];
  if (network.kind === "proxy") all.push(["EFI, port 4011", [4011, datagram(efiRequest)]]);
  return all;
}

const namesOf = (messages: Record<string, Sent>) =>
  Object.entries(messages).map(([name, sent]): [string, [number, Buffer]] => [
    name,
    [67, datagram(sent)],
  ]);

/** `yiaddr` of an answer. */
const addressIn = (heard: Heard | undefined) =>
  heard ? [...Buffer.from(heard.bytes.slice(32, 40), "hex")].join(".") : "";

describe("dnsmasq.conf", () => {
  it.runIf(have("dnsmasq")).each(Object.keys(networks))("%s is a configuration", (name) => {
    const folder = mkdtempSync(join(tmpdir(), "ubootc-dhcp-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const file = join(folder, "dnsmasq.conf");
    const text = dnsmasqConfiguration(networks[name] as DhcpNetwork, { tftpRoot: folder });
    writeFileSync(file, text);
    expect(run("dnsmasq", ["--test", `--conf-file=${file}`]).stderr).toContain("syntax check OK");
  });

  it("says it all", () => {
    const title = ["Made by ubootc from lab.boot."];
    expect(dnsmasqConfiguration(served, { title, tftpRoot: "/srv/tftp" })).toMatchInlineSnapshot(`
      "# Made by ubootc from lab.boot.

      # DHCP only.
      port=0
      except-interface=lo
      bind-dynamic

      # The only DHCP server here.
      dhcp-authoritative
      dhcp-range=192.168.0.100,192.168.0.199,255.255.255.0,43200
      dhcp-option=3,192.168.0.1
      dhcp-option=6,192.168.0.1,9.9.9.9
      dhcp-option=66,192.168.0.250
      dhcp-host=b8:27:eb:12:34:56,192.168.0.31,bench-1
      dhcp-host=id:00:62:31,192.168.0.32

      # Where boards boot from. A Raspberry Pi looks for the name of this service.
      dhcp-boot=boot.scr.uimg,,192.168.0.250
      pxe-service=0,"Raspberry Pi Boot"

      enable-tftp
      tftp-root=/srv/tftp
      "
    `);
    expect(dnsmasqConfiguration(networks["a proxy"] as DhcpNetwork)).toMatchInlineSnapshot(`
      "# DHCP only.
      port=0
      except-interface=lo
      bind-dynamic

      # Addresses come from another server; this one only says where to boot from.
      dhcp-range=192.168.0.0,proxy,255.255.255.0

      # Where boards boot from. A Raspberry Pi looks for the name of this service.
      pxe-service=0,"Raspberry Pi Boot"
      "
    `);
  });
});
