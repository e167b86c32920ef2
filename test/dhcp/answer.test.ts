// What a DHCP server decides, apart from what dnsmasq decides too (dnsmasq.test.ts): who keeps which
// address, who is told nothing, and where answers go. RFC 2131 section 4.3.
import { describe, expect, it } from "vitest";
import {
  answer,
  type Decision,
  type DhcpNetwork,
  decode,
  Leases,
  messages,
  optionIn,
  options,
  problemsOf,
  type ServedNetwork,
} from "../../src/dhcp/index.js";
import { datagram, SERVER, type Sent } from "./clients.js";

const network: ServedNetwork = {
  ...{ kind: "served", subnet: "192.168.0.0/24", boot: {}, lease: 3600, dns: [] },
  ranges: [{ first: "192.168.0.100", last: "192.168.0.101" }],
  hosts: [{ mac: "02:00:00:00:00:99", address: "192.168.0.31" }],
};

/** A server with a clock that a test moves. */
class Bench {
  now = 1e12;
  readonly leases = new Leases(() => this.now);

  constructor(private readonly served: DhcpNetwork = network) {}

  /** What is said to a message; `OFFER 192.168.0.100`, `NAK`, or why nothing is. */
  ask(
    board: number,
    type: keyof typeof messages,
    more: Partial<Sent> & { wants?: string; server?: string } = {},
  ): string {
    const { wants, server, options: others = [], ...fields } = more;
    const ip = (code: number, address: string) =>
      [code, ...address.split(".").map(Number)] as const;
    const sent = {
      mac: `02:00:00:00:00:${String(board).padStart(2, "0")}`,
      ...fields,
      options: [
        [53, messages[type]] as const,
        ...(wants === undefined ? [] : [ip(50, wants)]),
        ...(server === undefined ? [] : [ip(54, server)]),
        ...others,
      ],
    };
    return shown(this.decide(datagram(sent)));
  }

  decide(bytes: Uint8Array): Decision {
    const message = decode(bytes);
    if ("problem" in message) throw new Error(message.problem);
    const from = { address: "0.0.0.0", port: 68 };
    const decision = answer(this.served, this.leases.view(), {
      message,
      from,
      port: 67,
      local: SERVER,
    });
    this.leases.apply(decision.changes);
    return decision;
  }

  /** The whole exchange; the address. */
  boot(board: number): string {
    const offered = this.ask(board, "discover").split(" ")[1] ?? "none";
    return this.ask(board, "request", { wants: offered, server: SERVER });
  }
}

function shown({ answer: given, silence, refusal }: Decision): string {
  if (!given) return silence ?? "";
  const type = optionIn(given.message.options, options.messageType);
  const name = Object.entries(messages).find(([, number]) => number === type)?.[0] ?? "";
  return `${name.toUpperCase()} ${refusal ?? given.message.yiaddr}`;
}

const minutes = 60_000;
const taken = (bench: Bench) =>
  ["192.168.0.100", "192.168.0.101"].filter((each) => bench.leases.view().at(each));

describe("an address", () => {
  it("is kept from the OFFER on, for boards that never say REQUEST", () => {
    const bench = new Bench();
    const first = bench.ask(1, "discover");
    expect(bench.ask(1, "discover")).toBe(first);
    expect(bench.ask(2, "discover")).not.toBe(first);
    expect(taken(bench)).toHaveLength(2);
  });

  it("that was only offered gives way when all are taken; one that is bound does not", () => {
    const bench = new Bench();
    const [bound = ""] = bench.boot(1).split(" ").slice(1);
    bench.ask(2, "discover");
    const third = bench.ask(3, "discover");
    expect(third).toMatch(/^OFFER 192/);
    expect(third).not.toContain(bound);
    const [, address = ""] = third.split(" ");
    expect(bench.ask(2, "request", { wants: address, server: SERVER })).toBe(
      "NAK another client has this address",
    );
    expect(bench.ask(3, "request", { wants: address, server: SERVER })).toBe(`ACK ${address}`);
    expect(bench.ask(4, "discover")).toBe("no address is left");
  });

  it("comes back to its board after its time, unless another took it", () => {
    const bench = new Bench();
    const first = bench.boot(1);
    bench.now += 61 * minutes;
    expect(bench.boot(1)).toBe(first);
    bench.now += 61 * minutes;
    bench.boot(2);
    bench.boot(3);
    expect(bench.ask(1, "discover")).toBe("no address is left");
  });

  it("is given for as long as a board wants, within bounds", () => {
    const bench = new Bench();
    const time = (seconds: number) => {
      const bytes = datagram({
        mac: "02:00:00:00:00:01",
        options: [
          [53, 1],
          [51, 0, 0, seconds >> 8, seconds & 255],
        ],
      });
      const { answer: given } = bench.decide(bytes);
      return given && optionIn(given.message.options, options.leaseTime);
    };
    expect([1, 600, 7200].map(time)).toEqual([120, 600, 3600]);
  });

  it("is the board's own, and nobody else's", () => {
    const bench = new Bench();
    expect(bench.boot(99)).toBe("ACK 192.168.0.31");
    expect(bench.ask(1, "request", { wants: "192.168.0.31" })).toBe(
      "NAK not an address for this client",
    );
    expect(bench.ask(1, "request", { wants: SERVER })).toBe("NAK not an address for this client");
  });

  it("of another network is refused, and one that is free given to who comes back with it", () => {
    const bench = new Bench();
    expect(bench.ask(1, "request", { wants: "10.0.0.1" })).toBe(
      "NAK not an address of this network",
    );
    expect(bench.ask(1, "request", { ciaddr: "192.168.0.101" })).toBe("ACK 192.168.0.101");
    expect(bench.ask(1, "request", { wants: "192.168.0.100" })).toBe(
      "NAK this client has another address",
    );
  });

  it("is left alone when a board found that another machine has it", () => {
    const bench = new Bench();
    const [, address = ""] = bench.boot(1).split(" ");
    expect(bench.ask(1, "decline", { wants: address, server: SERVER })).toBe(
      `found that another machine has ${address}`,
    );
    expect(bench.boot(1)).not.toContain(address);
    expect(bench.ask(2, "discover")).toBe("no address is left");
    bench.now += 11 * minutes;
    expect(bench.ask(2, "discover")).toBe(`OFFER ${address}`);
  });

  it("is free when a board gives it back, and remembered", () => {
    const bench = new Bench();
    const [, address = ""] = bench.boot(1).split(" ");
    bench.boot(2);
    expect(bench.ask(3, "release", { ciaddr: address })).toBe(
      "releases an address that it does not have",
    );
    expect(bench.ask(1, "release", { ciaddr: address })).toBe(`gives ${address} back`);
    expect(bench.ask(1, "discover")).toBe(`OFFER ${address}`);
    bench.ask(1, "request", { wants: "192.168.0.9", server: "192.168.0.1" });
    expect(bench.ask(3, "discover")).toBe(`OFFER ${address}`);
  });

  it("survives a restart", () => {
    const bench = new Bench();
    const [, address = ""] = bench.boot(1).split(" ");
    const kept = JSON.parse(JSON.stringify(bench.leases.all));
    const view = new Leases(() => bench.now, kept).view();
    expect(view.at(address)).toMatchObject({
      state: "bound",
      client: { hardware: "1/02:00:00:00:00:01" },
    });
  });
});

describe("silence", () => {
  const rows: [string, string][] = [
    ["offer", "a message that servers send"],
    ["decline", "declines an address that it does not have"],
    ["inform", "INFORM from another network"],
    ["request", "a REQUEST for no address"],
  ];
  it.each(rows)("%s", (type, why) =>
    expect(new Bench().ask(1, type as keyof typeof messages)).toBe(why),
  );

  it("for who took the offer of another server, whose address is free again", () => {
    const bench = new Bench();
    bench.ask(1, "discover");
    expect(bench.ask(1, "request", { wants: "192.168.0.7", server: "192.168.0.1" })).toBe(
      "took the offer of 192.168.0.1",
    );
    bench.boot(2);
    expect(bench.boot(3)).toMatch(/^ACK/);
  });

  it("for who is behind a relay in another network", () =>
    expect(new Bench().ask(1, "discover", { giaddr: "10.0.0.1" })).toBe(
      "relayed from another network",
    ));

  it("for a board that is no PXE client, beside another server", () => {
    const bench = new Bench({ kind: "proxy", subnet: "192.168.0.0/24", boot: {} });
    expect(bench.ask(1, "discover")).toBe("no PXE client, and a proxy gives no addresses");
  });
});

describe("an answer goes", () => {
  const rows: [string, Partial<Sent>, string][] = [
    ["to everybody who wants it so", { flags: 0x8000 }, "255.255.255.255:68 broadcast"],
    ["to the Ethernet address", {}, "192.168.0.100:68 hardware"],
    ["to the relay", { giaddr: "192.168.0.9" }, "192.168.0.9:67 unicast"],
  ];
  it.each(rows)("%s", (_name, fields, where) => {
    const bench = new Bench({
      ...network,
      ranges: [{ first: "192.168.0.100", last: "192.168.0.100" }],
    });
    const sent = datagram({ mac: "02:00:00:00:00:01", options: [[53, 1]], ...fields });
    const to = bench.decide(sent).answer?.to;
    expect(`${to?.address}:${to?.port} ${to?.by}`).toBe(where);
  });
});

it("a configuration that makes no sense says why", () => {
  const wrong = {
    ...network,
    router: "10.0.0.1",
    lease: 5,
    ranges: [
      { first: "192.168.0.9", last: "192.168.0.8" },
      { first: "192.168.1.1", last: "192.168.1.2" },
    ],
  };
  expect(problemsOf(wrong)).toEqual([
    "192.168.1.1 is not in 192.168.0.0/24",
    "192.168.1.2 is not in 192.168.0.0/24",
    "10.0.0.1 is not in 192.168.0.0/24",
    "the range 192.168.0.9 to 192.168.0.8 ends before it begins",
    "a lease of 5 s",
  ]);
  expect(problemsOf({ ...network, subnet: "192.168.0.1/24" })).toEqual([
    "192.168.0.1/24 is not a subnet",
  ]);
  expect(problemsOf(network)).toEqual([]);
});
