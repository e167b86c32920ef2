// Events of the servers to what somebody watching reads: a line for each thing that happens, and
// the picture of all boards at one moment.
import { describe, expect, it } from "vitest";
import { contentOf } from "../../src/image/index.js";
import type { DhcpNews } from "../../src/serve/answering.js";
import { Boots } from "../../src/serve/boots.js";
import { happeningsOf } from "../../src/serve/dhcp-news.js";
import { lineOf } from "../../src/serve/lines.js";
import type { Served } from "../../src/serve/served.js";
import type { Lookup, TransferEvent } from "../../src/serve/transfers.js";
import { view } from "../../src/serve/view.js";

const content = contentOf(new Uint8Array());
const file = (name: string, kind: Served["kind"], more: Partial<Served> = {}): Served => ({
  ...{ name, kind, content, begins: false, ways: [], ...more },
});
const served = [
  file("one.scr", "script", {
    ...{ begins: true, client: "bench-1", ways: [["linux.uImage", "board.dtb"], ["rescue.scr"]] },
  }),
  file("two.scr", "script", { begins: true, client: "bench-2", ways: [["linux.uImage"]] }),
  file("shared.scr", "script", { begins: true }),
  file("rescue.scr", "script", { ways: [["rescue.uImage"]] }),
  file("linux.uImage", "kernel"),
  file("rescue.uImage", "kernel"),
  file("board.dtb", "dtb"),
  file("1234abcd/start4.elf", "file", { begins: true }),
  file("1234abcd/config.txt", "file", {
    ...{ begins: true, ways: [["1234abcd/bcm2711.dtb", "1234abcd/kernel8.img"]] },
  }),
  file("1234abcd/bcm2711.dtb", "file"),
  file("1234abcd/kernel8.img", "file"),
];
const lookup: Lookup = {
  find: (name) => served.find((each) => each.name === name),
  nearest: (name) => (name.startsWith("linux") ? "linux.uImage" : undefined),
  identity: (client) => (client === "bench-1" ? { serial: "0001" } : { mac: "02:00:00:00:00:02" }),
  clientAt: (address) => (address === "10.0.0.3" ? "bench-2" : undefined),
  clientWith: (mac) => (mac === "02:00:00:00:00:02" ? "bench-2" : undefined),
  build: () => 7,
};

/** A server in words: what happens, with the clock set by hand. */
class Story {
  readonly lines: string[] = [];
  now = 0;
  readonly boots = new Boots(lookup, () => this.now);
  #transfers = 0;
  readonly #open = new Map<string, number>();

  /** Tells what happens after `seconds` to the board at 10.0.0.`host`. */
  tell(seconds: number, host: number, what: string): this {
    this.now = seconds * 1000;
    const [verb = "", name = "", amount = ""] = what.split(" ");
    for (const event of this.#events(host, verb, name, Number(amount))) {
      this.lines.push(...this.boots.take(event, "tftp").map((each) => lineOf(each)));
    }
    if (verb === "tick") this.lines.push(...this.boots.tick().map((each) => lineOf(each)));
    return this;
  }

  #events(host: number, verb: string, name: string, amount: number): TransferEvent[] {
    const client = { address: `10.0.0.${host}`, port: 1024 };
    const transfer = this.#open.get(`${host} ${name}`) ?? this.#transfers + 1;
    const ended = { type: "ended", transfer, client, name, ms: 0, repeats: 0 } as const;
    const gone = { how: "aborted", why: "vanished", message: "no progress after block 9" } as const;
    switch (verb) {
      case "asks":
        this.#transfers = transfer;
        this.#open.set(`${host} ${name}`, transfer);
        return [{ type: "request", transfer, client, name, size: amount }];
      case "has":
        return [{ type: "progress", transfer, bytes: amount }];
      case "lost":
        return [{ type: "repeated", transfer, block: amount, cause: "timeout" }];
      case "got":
        this.#open.delete(`${host} ${name}`);
        return [{ ...ended, bytes: amount, outcome: { how: "done", acknowledged: true } }];
      case "fetches":
        return [
          ...this.#events(host, "asks", name, amount),
          ...this.#events(host, "got", name, amount),
        ];
      case "dies":
        return [{ ...ended, bytes: amount, outcome: gone }];
      case "probes":
        return [
          { type: "request", transfer: 900, client, name, size: amount },
          { ...ended, transfer: 900, bytes: 0, outcome: { how: "probed" } },
        ];
      case "misses":
        return [{ type: "refused", client, name, message: "file not found" }];
      default:
        return [];
    }
  }
}

const tell = (...events: [seconds: number, host: number, what: string][]) =>
  events.reduce((story, event) => story.tell(...event), new Story());

describe("lines", () => {
  const one = "bench-1 (0001, 10.0.0.1)";
  it.each<[string, [number, number, string][], string[]]>([
    [
      "a boot that comes through",
      [
        [0, 1, "fetches one.scr 2048"],
        [1, 1, "asks linux.uImage 10485760"],
        [2, 1, "lost linux.uImage 100"],
        [3, 1, "got linux.uImage 10485760"],
        [4, 1, "fetches board.dtb 100"],
        [100, 0, "tick"],
      ],
      [
        `${one}: begins with one.scr of build 7`,
        `${one}: fetched one.scr: 2.0 KiB, 0 ms`,
        `${one}: fetched linux.uImage: 10.0 MiB, 2.0 s, 5.0 MiB/s`,
        `${one}: fetched board.dtb: 100 bytes, 0 ms`,
        `${one}: has all it needs: 3 files, 10.0 MiB in 4.0 s`,
      ],
    ],
    [
      "no DTB: said after a while, and once",
      [
        [0, 1, "fetches one.scr 2048"],
        [1, 1, "fetches linux.uImage 1024"],
        [5, 0, "tick"],
        [12, 0, "tick"],
        [13, 0, "tick"],
      ],
      [
        `${one}: begins with one.scr of build 7`,
        `${one}: fetched one.scr: 2.0 KiB, 0 ms`,
        `${one}: fetched linux.uImage: 1.0 KiB, 0 ms`,
        `${one}: fetched one.scr and linux.uImage, not board.dtb: power lost, memory overlap or time-out`,
      ],
    ],
    [
      "what the firmware of a Raspberry Pi asks for in vain",
      [
        [0, 1, "misses bootsig.bin"],
        [1, 1, "misses 12345678/board.dtb"],
        [2, 1, "fetches board.dtb 100"],
        [3, 1, "misses dc-a6-32-01-36-c2/pieeprom.sig"],
        [3, 1, "misses dc-a6-32-01-36-c2/pieeprom.sig"],
        [3, 1, "misses lab/recover4.elf"],
        [3, 1, "misses lab/overlays/overlay_map.dtb"],
        [20, 0, "tick"],
      ],
      [
        "10.0.0.1: goes on without bootsig.bin: boards boot without it",
        "10.0.0.1: goes on without 12345678/board.dtb: it is there without 12345678/",
        "10.0.0.1: begins with board.dtb of build 7",
        "10.0.0.1: fetched board.dtb: 100 bytes, 0 ms",
        "10.0.0.1: goes on without dc-a6-32-01-36-c2/pieeprom.sig: boards boot without it",
        "10.0.0.1: goes on without lab/recover4.elf: boards boot without it",
        "10.0.0.1: goes on without lab/overlays/overlay_map.dtb: boards boot without it",
      ],
    ],
    [
      "a Raspberry Pi whose kernel never comes, and the same once more",
      [
        [0, 1, "misses 1234abcd/autoboot.txt"],
        [0, 1, "probes 1234abcd/start4.elf 100"],
        [0, 1, "fetches 1234abcd/config.txt 10"],
        [0, 1, "fetches 1234abcd/start4.elf 100"],
        [1, 1, "misses 1234abcd/autoboot.txt"],
        [1, 1, "probes 1234abcd/start4.elf 100"],
        [1, 1, "fetches 1234abcd/config.txt 10"],
        [2, 1, "fetches 1234abcd/bcm2711.dtb 1000"],
        [20, 0, "tick"],
        [30, 1, "probes 1234abcd/start4.elf 100"],
        [30, 1, "fetches 1234abcd/config.txt 10"],
        [30, 1, "fetches 1234abcd/bcm2711.dtb 1000"],
        [31, 1, "fetches 1234abcd/kernel8.img 1024"],
      ],
      [
        "10.0.0.1: goes on without 1234abcd/autoboot.txt: boards boot without it",
        "10.0.0.1: begins with 1234abcd/start4.elf of build 7",
        "10.0.0.1: asked only for the size of 1234abcd/start4.elf: 100 bytes",
        "10.0.0.1: fetched 1234abcd/config.txt: 10 bytes, 0 ms",
        "10.0.0.1: fetched 1234abcd/start4.elf: 100 bytes, 0 ms",
        "10.0.0.1: goes on without 1234abcd/autoboot.txt: boards boot without it",
        "10.0.0.1: fetched 1234abcd/config.txt again: 10 bytes, 0 ms",
        "10.0.0.1: fetched 1234abcd/bcm2711.dtb: 1000 bytes, 0 ms",
        "10.0.0.1: fetched 1234abcd/config.txt, 1234abcd/start4.elf and 1234abcd/bcm2711.dtb, not 1234abcd/kernel8.img: power lost, memory overlap or time-out",
        "10.0.0.1: begins with 1234abcd/start4.elf of build 7",
        "10.0.0.1: asked only for the size of 1234abcd/start4.elf: 100 bytes",
        "10.0.0.1: fetched 1234abcd/config.txt: 10 bytes, 0 ms",
        "10.0.0.1: fetched 1234abcd/bcm2711.dtb: 1000 bytes, 0 ms",
        "10.0.0.1: fetched 1234abcd/kernel8.img: 1.0 KiB, 0 ms",
        "10.0.0.1: has all it needs: 3 files, 2.0 KiB in 1.0 s",
      ],
    ],
    [
      "a name that is not there",
      [
        [0, 1, "misses linux.uImag"],
        [1, 1, "misses other"],
        [20, 0, "tick"],
      ],
      [
        "10.0.0.1: asked for linux.uImag: file not found; there is linux.uImage",
        "10.0.0.1: asked for other: file not found",
        "10.0.0.1: asked for other: file not found",
      ],
    ],
    [
      "a name that it did without",
      [
        [0, 3, "misses bootsig.bin"],
        [1, 3, "fetches two.scr 1"],
        [1, 3, "fetches linux.uImage 1"],
        [20, 0, "tick"],
      ],
      [
        "bench-2 (02:00:00:00:00:02, 10.0.0.3): goes on without bootsig.bin: boards boot without it",
        "bench-2 (02:00:00:00:00:02, 10.0.0.3): begins with two.scr of build 7",
        "bench-2 (02:00:00:00:00:02, 10.0.0.3): fetched two.scr: 1 byte, 0 ms",
        "bench-2 (02:00:00:00:00:02, 10.0.0.3): fetched linux.uImage: 1 byte, 0 ms",
        "bench-2 (02:00:00:00:00:02, 10.0.0.3): has all it needs: 2 files, 2 bytes in 0 ms",
      ],
    ],
    [
      "power lost in the kernel",
      [
        [0, 1, "fetches one.scr 1"],
        [0, 1, "asks linux.uImage 1000"],
        [60, 1, "dies linux.uImage 400"],
        [80, 0, "tick"],
      ],
      [
        `${one}: begins with one.scr of build 7`,
        `${one}: fetched one.scr: 1 byte, 0 ms`,
        `${one}: linux.uImage stopped at 400 bytes of 1000 bytes: no progress after block 9`,
        `${one}: stopped at 40 % of linux.uImage: no progress after block 9`,
      ],
    ],
    [
      "reset in the kernel",
      [
        [0, 1, "fetches one.scr 1"],
        [0, 1, "asks linux.uImage 1000"],
        [1, 1, "has linux.uImage 300"],
        [2, 1, "asks one.scr 1"],
        [60, 1, "dies linux.uImage 300"],
      ],
      [
        `${one}: begins with one.scr of build 7`,
        `${one}: fetched one.scr: 1 byte, 0 ms`,
        `${one}: linux.uImage stopped at 300 bytes of 1000 bytes: the board began again`,
        `${one}: begins with one.scr of build 7`,
      ],
    ],
    [
      "the other way of the script",
      [
        [0, 1, "fetches one.scr 1"],
        [1, 1, "probes linux.uImage 1000"],
        [1, 1, "fetches rescue.scr 1"],
        [2, 1, "fetches rescue.uImage 1"],
      ],
      [
        `${one}: begins with one.scr of build 7`,
        `${one}: fetched one.scr: 1 byte, 0 ms`,
        `${one}: asked only for the size of linux.uImage: 1000 bytes`,
        `${one}: fetched rescue.scr: 1 byte, 0 ms`,
        `${one}: fetched rescue.uImage: 1 byte, 0 ms`,
        `${one}: has all it needs: 3 files, 3 bytes in 2.0 s`,
      ],
    ],
    [
      "files that belong to no script",
      [
        [0, 4, "fetches start4.elf 1"],
        [1, 4, "fetches /linux.uImage 1"],
        [60, 0, "tick"],
      ],
      [
        "10.0.0.4: begins with start4.elf of build 7",
        "10.0.0.4: fetched start4.elf: 1 byte, 0 ms",
        "10.0.0.4: fetched linux.uImage: 1 byte, 0 ms",
      ],
    ],
  ])("%s", (_, events, lines) => expect(tell(...events).lines).toEqual(lines));
});

describe("the picture", () => {
  const story = tell(
    [0, 1, "fetches one.scr 2048"],
    [0, 1, "asks linux.uImage 10485760"],
    [0.5, 2, "misses linux.uImag"],
    [1, 3, "fetches two.scr 1000"],
    [1, 1, "lost linux.uImage 3"],
    [2, 3, "fetches linux.uImage 10485760"],
    [2, 1, "has linux.uImage 5242880"],
    [2, 4, "asks linux.uImage 100"],
  );
  const draw = (now: number, columns = 130, rows = 24) =>
    view({ title: "a.boot  build 7", boots: story.boots.all, now }, { columns, rows });

  it("has a line for each board", () => {
    expect(draw(2000)).toEqual([
      "a.boot  build 7",
      "BOARD    ID                 ADDRESS   STAGE",
      "bench-1  0001               10.0.0.1  kernel linux.uImage [######------]  50 % 5.0 MiB, 2.5 MiB/s, resent once",
      "-        -                  10.0.0.2  asked for linux.uImag: file not found; there is linux.uImage",
      "bench-2  02:00:00:00:00:02  10.0.0.3  has all it needs: 2 files, 10.0 MiB in 1.0 s",
      "-        -                  10.0.0.4  kernel linux.uImage [------------]   0 % 0 bytes",
    ]);
  });

  it("says who does not answer", () => {
    expect(draw(7000)[2]).toMatch(/ 50 % 5\.0 MiB, no answer for 5\.0 s, resent once$/);
  });

  it("fits", () => {
    expect(draw(2000, 60, 6)).toEqual([
      "a.boot  build 7",
      "BOARD    ID                 ADDRESS   STAGE",
      "bench-2  02:00:00:00:00:02  10.0.0.3  has all it needs: 2 fi",
      "-        -                  10.0.0.4  kernel linux.uImage [-",
      "and 2 more boards",
    ]);
    for (const line of draw(2000, 10, 40)) expect(line.length).toBeLessThanOrEqual(10);
  });

  it("is coloured by how it goes", () => {
    const picture = { title: "a.boot", boots: story.boots.all, now: 2000 };
    const lines = view(picture, { columns: 80, rows: 24, color: true }).slice(2);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    expect(lines.map((line) => /^\x1b\[(\d+)m.*\x1b\[0m$/.exec(line)?.[1])).toEqual([
      ...["36", "31", "32", "36"],
    ]);
  });

  it("moves no cursor, whatever somebody asks for", () => {
    const { boots } = tell([0, 1, "misses a\x1b[2Jb\u009b1m"]);
    const lines = view({ title: "t", boots: boots.all, now: 1 }, { columns: 90, rows: 9 });
    expect(lines.join("")).toContain("a\u241b[2Jb");
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    expect(lines.join("")).not.toMatch(/[\x00-\x1f\x7f-\x9f]/);
  });

  it("waits for the first board", () => {
    const picture = { title: "a.boot", boots: [], now: 0 };
    expect(view(picture, { columns: 80, rows: 24 })).toEqual([
      "a.boot",
      "no board has asked for anything yet",
    ]);
  });
});

it("remembers only so many boards, and so much of each", () => {
  const story = new Story();
  for (let at = 0; at < 6000; at++) {
    const client = { address: `10.1.${at >> 8}.${at & 255}` };
    story.boots.take({ type: "refused", client, name: "x", message: "file not found" }, "tftp");
  }
  expect(story.boots.all).toHaveLength(4096);
  for (let at = 0; at < 200; at++) story.tell(at, 1, "misses x").tell(at, 1, "fetches y 1");
  expect(story.boots.all[0]?.misses).toHaveLength(16);
  expect(story.boots.all[0]?.fetches).toHaveLength(64);
});

describe("DHCP", () => {
  const exchange = { asked: "REQUEST", said: "ACK", kind: "U-Boot.armv8" };
  const client = { mac: "02:00:00:00:00:02", kind: "U-Boot.armv8" };
  const stages = (boots: Boots) =>
    view({ title: "t", boots: boots.all, now: 4000 }, { columns: 100, rows: 9 }).slice(2);

  it("is the first that is heard of a board, and its boot begins with its first file", () => {
    const story = new Story();
    const said = story.boots.leased("10.0.0.2", client.mac, exchange);
    expect(said.map((each) => lineOf(each))).toEqual([
      "bench-2 (02:00:00:00:00:02, 10.0.0.2): REQUEST of U-Boot.armv8 answered with ACK",
    ]);
    expect(stages(story.boots)).toEqual([
      "bench-2  02:00:00:00:00:02  10.0.0.2  has its address, asked for no file yet for 4.0 s",
    ]);
    story.tell(5, 2, "asks two.scr 100");
    expect(story.lines).toEqual([
      "bench-2 (02:00:00:00:00:02, 10.0.0.2): begins with two.scr of build 7",
    ]);
  });

  it("is told of boards that nobody knows, with their Ethernet address", () => {
    const story = new Story();
    const mac = "02:00:00:00:00:07";
    story.boots.leased("10.0.0.7", mac, { asked: "DISCOVER", said: "OFFER" });
    expect(stages(story.boots)).toEqual([
      "-      02:00:00:00:00:07  10.0.0.7  is offered its address, asked for no file yet for 4.0 s",
    ]);
    story.tell(5, 7, "asks shared.scr 100");
    expect(story.lines).toEqual([
      "10.0.0.7 (02:00:00:00:00:07): begins with shared.scr of build 7",
    ]);
  });

  const watch = {
    boots: new Boots(lookup, () => 0),
    clientWith: () => "bench-2",
    isNews: (what: string) => !what.includes("again"),
  };
  const rows: [DhcpNews, string[]][] = [
    [
      { type: "answered", client, asked: "REQUEST", said: "NAK", why: "no such address" },
      ["bench-2 (02:00:00:00:00:02): REQUEST of U-Boot.armv8 answered with NAK: no such address"],
    ],
    [
      { type: "answered", client, asked: "DISCOVER", said: "OFFER", file: "boot.scr" },
      [
        "bench-2 (02:00:00:00:00:02): DISCOVER of U-Boot.armv8 answered with OFFER, first file boot.scr",
      ],
    ],
    [
      { type: "silent", client, asked: "DISCOVER", why: "no PXE client" },
      ["bench-2 (02:00:00:00:00:02): DISCOVER of U-Boot.armv8 not answered: no PXE client"],
    ],
    [{ type: "silent", client, asked: "DISCOVER", why: "again" }, []],
    [
      { type: "malformed", from: "0.0.0.0", problem: "too short" },
      ["0.0.0.0: not answered, no DHCP message: too short"],
    ],
    [{ type: "printed", line: "started" }, ["dnsmasq: started"]],
    [
      { type: "waiting", subnet: "10.0.0.0/24" },
      ["no address in 10.0.0.0/24 yet: DHCP waits for one"],
    ],
  ];
  it.each(rows)("%j", (news, lines) => {
    expect(happeningsOf(news, watch).map((each) => lineOf(each))).toEqual(lines);
  });
});
