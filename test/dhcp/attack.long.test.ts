// Somebody on the wire who means harm: asks for all addresses, has answers sent to others, repeats
// ours, and does it without end. What the server says, to whom, how much of it, and what it costs.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  answer,
  type DhcpNetwork,
  decode,
  encode,
  Leases,
  optionIn,
  options,
  type ServedNetwork,
} from "../../src/dhcp/index.js";
import { runs } from "../tools/runs.js";
import { datagram, discovers, efiRequest, requests, SERVER, type Sent } from "./clients.js";

const served: ServedNetwork = {
  ...{ kind: "served", subnet: "192.168.0.0/24", boot: {}, lease: 3600, dns: [] },
  ranges: [{ first: "192.168.0.100", last: "192.168.0.119" }],
  hosts: [{ mac: "02:00:00:00:00:99", address: "192.168.0.31" }],
};
const proxied: DhcpNetwork = { kind: "proxy", subnet: "192.168.0.0/24", boot: {} };

/** A server that is asked by the message, with a clock that stands still. */
class Bench {
  now = 1e12;
  /** How many addresses the server looked at so far. */
  looks = 0;
  readonly leases = new Leases(() => this.now);

  constructor(private readonly network: DhcpNetwork) {}

  decide(bytes: Uint8Array, more: { from?: string; port?: number; direct?: boolean } = {}) {
    const message = decode(bytes);
    if ("problem" in message) return undefined;
    const { from = "0.0.0.0", port = 67, direct = false } = more;
    const view = this.leases.view();
    const at = (address: string) => {
      this.looks++;
      return view.at(address);
    };
    const decision = answer(
      this.network,
      { ...view, at },
      {
        ...{ message, from: { address: from, port: 68 }, port, local: SERVER, direct },
      },
    );
    this.leases.apply(decision.changes);
    return decision;
  }

  /** The address that `board` gets for a DISCOVER and a REQUEST; none when it is not answered. */
  boot(board: number): string | undefined {
    const mac = macOf(board);
    const offer = this.decide(datagram({ mac, options: [[53, 1]] }))?.answer?.message.yiaddr;
    if (offer === undefined) return undefined;
    this.decide(datagram({ mac, options: [[53, 3], ip(54, SERVER), ip(50, offer)] }));
    return offer;
  }

  discover(board: number): string | undefined {
    const sent = datagram({ mac: macOf(board), options: [[53, 1]] });
    return this.decide(sent)?.answer?.message.yiaddr;
  }
}

const ip = (code: number, address: string) => [code, ...address.split(".").map(Number)] as const;
const macOf = (board: number) =>
  [2, 0, board >>> 24, board >>> 16, board >>> 8, board]
    .map((each) => (each & 255).toString(16).padStart(2, "0"))
    .join(":");

describe("all addresses asked for", () => {
  it("leaves those that boards have, and those that are kept, to them", () => {
    const bench = new Bench(served);
    const own = bench.boot(1);
    for (let board = 100; board < 5000; board++) expect(bench.discover(board)).not.toBe(own);
    expect(bench.boot(1)).toBe(own);
    const known = { mac: "02:00:00:00:00:99", options: [[53, 1]] as Sent["options"] };
    expect(bench.decide(datagram(known))?.answer?.message.yiaddr).toBe("192.168.0.31");
    expect(bench.leases.all.length).toBeLessThanOrEqual(21);
    // Whoever asks next gets what was only offered, and keeps it.
    expect(bench.boot(2)).toBeDefined();
  });

  it("and taken: the next one is told nothing, until one is given back", () => {
    const bench = new Bench(served);
    const all = Array.from({ length: 20 }, (_, at) => bench.boot(at + 1));
    expect(new Set(all).size).toBe(20);
    expect(bench.discover(50)).toBeUndefined();
    const release = { mac: macOf(7), ciaddr: all[6] ?? "", options: [[53, 7]] as Sent["options"] };
    bench.decide(datagram(release));
    expect(bench.boot(50)).toBe(all[6]);
    expect(bench.discover(51)).toBeUndefined();
    bench.now += 2 * 3_600_000;
    expect(bench.discover(51)).toBeDefined();
  });

  it("does not take a board's time with tens of thousands of them", () => {
    const ranges = [{ first: "10.0.0.1", last: "10.0.31.254" }];
    const bench = new Bench({ ...served, subnet: "10.0.0.0/16", ranges, hosts: [] });
    const count = 10_000;
    let offered = 0;
    for (let board = 0; board < count; board++) if (bench.discover(board)) offered++;
    expect(offered).toBe(count);
    // Looking at each address again for each of them took minutes.
    expect(bench.looks).toBeLessThan(400 * count);
  }, 240_000);
});

describe("nobody else is reached", () => {
  const boot = discovers["Pi 4, EEPROM"];
  const rows: [string, DhcpNetwork, Sent, Parameters<Bench["decide"]>[1], string][] = [
    [
      "through a relay that is elsewhere",
      served,
      { ...boot, giaddr: "8.8.8.8" },
      {},
      "relayed from another network",
    ],
    ["through ourselves", served, { ...boot, giaddr: SERVER }, {}, "relayed by this machine"],
    [
      "by a broadcast address",
      served,
      { ...boot, giaddr: "192.168.0.255" },
      {},
      "relayed from another network",
    ],
    [
      "from behind a router",
      served,
      boot,
      { from: "8.8.8.8", direct: true },
      "from another network",
    ],
    [
      "from behind a router, as a proxy",
      proxied,
      boot,
      { from: "8.8.8.8", direct: true },
      "from another network",
    ],
    [
      "in a PXE request",
      proxied,
      { ...efiRequest, ciaddr: "8.8.8.8" },
      { port: 4011 },
      "for an address of another network",
    ],
    [
      "in an INFORM",
      served,
      { mac: boot.mac, ciaddr: "8.8.8.8", options: [[53, 8]] },
      {},
      "INFORM from another network",
    ],
    ["by our own answer", served, { ...boot, op: 2 }, {}, "not from a client"],
  ];
  it.each(rows)("%s", (_name, network, sent, how, why) => {
    const decision = new Bench(network).decide(datagram(sent), how);
    expect(decision?.answer).toBeUndefined();
    expect(decision?.silence).toBe(why);
  });

  const seeds = [...Object.values(discovers), ...Object.values(requests(() => "192.168.0.100"))];
  const address = fc.oneof(
    fc.ipV4(),
    fc.integer({ min: 0, max: 255 }).map((host) => `192.168.0.${host}`),
  );
  const sent = fc.record({
    seed: fc.constantFrom<Sent>(...seeds),
    more: fc.record(
      { ciaddr: address, giaddr: address, flags: fc.nat(0xffff) },
      { requiredKeys: [] },
    ),
    port: fc.constantFrom(67, 4011),
    direct: fc.boolean(),
    from: address,
  });

  it("whatever is asked: an answer stays on the wire, and is hardly larger", () => {
    const all = fc.array(sent, { maxLength: 30 });
    const property = fc.property(all, fc.constantFrom(served, proxied), (messages, network) => {
      const bench = new Bench(network);
      for (const { seed, more, ...how } of messages) {
        const asked = datagram({ ...seed, ...more });
        const given = bench.decide(asked, how)?.answer;
        if (!given) continue;
        const { to, message, longest } = given;
        expect(to.address).toMatch(/^(?:255\.255\.255\.255|192\.168\.0\.\d+)$/);
        // With a file's name and every option that is asked for.
        expect(encode(message, longest).bytes.length).toBeLessThanOrEqual(asked.length + 128);
        expect(optionIn(message.options, options.serverId)).toBe(SERVER);
      }
      expect(bench.leases.all.length).toBeLessThanOrEqual(21);
    });
    fc.assert(property, { numRuns: runs(300) });
  });
});
