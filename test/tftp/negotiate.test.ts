// What each client of the field is granted, and the corner cases of every option. RFC 2347, 2348,
// 2349, 7440.
import { describe, expect, it } from "vitest";
import { encodeRequest, type Limits, negotiate, parse } from "../../src/tftp/index.js";

const ethernet: Limits = {
  mtu: 1500,
  family: 4,
  blksize: 65464,
  windowsize: 16,
  windowBytes: 65536,
};

/** `"blksize 1468, tsize 0"` as a request carries it. */
function optionsOf(list: string) {
  const options = list
    .split(", ")
    .filter(Boolean)
    .map((option) => {
      const [name = "", value = ""] = option.split(" ");
      return { name, value };
    });
  const packet = parse(encodeRequest("RRQ", "file", "octet", options));
  return packet.kind === "RRQ" ? packet.options : new Map();
}

function answer(list: string, size: number | undefined = 100_000, limits: Partial<Limits> = {}) {
  const terms = negotiate(optionsOf(list), size, { ...ethernet, ...limits });
  const granted = terms.granted.map(({ name, value }) => `${name} ${value}`).join(", ");
  return `${granted || "no OACK"}; ${terms.blksize} × ${terms.windowsize}`;
}

describe("clients", () => {
  const rows: [client: string, asks: string, gets: string][] = [
    ["Pi 3 boot ROM", "", "no OACK; 512 × 1"],
    ["bootcode.bin", "tsize 0", "tsize 100000; 512 × 1"],
    ["Pi 4 before 2022-10", "tsize 0, blksize 1024", "tsize 100000, blksize 1024; 1024 × 1"],
    ["Pi 4 and 5", "tsize 0, blksize 1468", "tsize 100000, blksize 1468; 1468 × 1"],
    [
      "U-Boot",
      "timeout 5, tsize 0, blksize 1468",
      "timeout 5, tsize 100000, blksize 1468; 1468 × 1",
    ],
    ["U-Boot without tsize", "timeout 5, blksize 1468", "timeout 5, blksize 1468; 1468 × 1"],
    [
      "U-Boot with a window",
      "timeout 5, blksize 1468, windowsize 64",
      "timeout 5, blksize 1468, windowsize 16; 1468 × 16",
    ],
    ["U-Boot with lwIP", "tsize 0, blksize 1468", "tsize 100000, blksize 1468; 1468 × 1"],
    ["iPXE", "blksize 1432, tsize 0", "blksize 1432, tsize 100000; 1432 × 1"],
    ["GRUB", "blksize 1024, tsize 0", "blksize 1024, tsize 100000; 1024 × 1"],
    ["curl", "tsize 0, blksize 512, timeout 6", "tsize 100000, blksize 512, timeout 6; 512 × 1"],
    ["BusyBox", "tsize 0, blksize 65464", "tsize 100000, blksize 1468; 1468 × 1"],
    ["tftp-hpa", "", "no OACK; 512 × 1"],
    ["atftp", "tsize 0, windowsize 8", "tsize 100000, windowsize 8; 512 × 8"],
    ["Windows", "tsize 0, blksize 8192", "tsize 100000, blksize 1468; 1468 × 1"],
  ];
  it.each(rows)("%s", (_client, asks, gets) => expect(answer(asks)).toBe(gets));
});

describe("options", () => {
  const rows: [string, string, string][] = [
    ["the spelling is the client's", "BLKSize 600, TSIZE 0", "BLKSize 600, TSIZE 100000; 600 × 1"],
    ["unknown ones are not answered", "multicast 1, rollover 0", "no OACK; 512 × 1"],
    ["unknown ones disturb no others", "x y, blksize 600", "blksize 600; 600 × 1"],
    ["the smallest block", "blksize 8", "blksize 8; 8 × 1"],
    ["a larger block than there is", "blksize 99999", "blksize 1468; 1468 × 1"],
    ["a block below 8: no OACK", "blksize 7, tsize 0", "no OACK; 512 × 1"],
    ["a block of no number: no OACK", "tsize 0, blksize 1e3", "no OACK; 512 × 1"],
    ["a negative block", "blksize -1", "no OACK; 512 × 1"],
    ["a number too long to be one", "blksize 00000000512", "no OACK; 512 × 1"],
    ["leading zeros", "blksize 0512", "blksize 512; 512 × 1"],
    ["the smallest window", "windowsize 1", "windowsize 1; 512 × 1"],
    ["no window", "windowsize 0, tsize 0", "tsize 100000; 512 × 1"],
    ["the largest window", "windowsize 65535", "windowsize 16; 512 × 16"],
    ["a window too large to be one", "windowsize 65536", "no OACK; 512 × 1"],
    ["timeout is echoed", "timeout 255", "timeout 255; 512 × 1"],
    ["timeout 0 is none", "timeout 0, tsize 0", "tsize 100000; 512 × 1"],
    ["timeout 256 is none", "timeout 256, tsize 0", "tsize 100000; 512 × 1"],
    ["tsize whatever was said", "tsize 77", "tsize 100000; 512 × 1"],
  ];
  it.each(rows)("%s", (_rule, asks, gets) => expect(answer(asks)).toBe(gets));
});

describe("limits", () => {
  const rows: [string, string, Partial<Limits>, string][] = [
    ["IPv6 headers are longer", "blksize 1468", { family: 6 }, "blksize 1448; 1448 × 1"],
    ["a small MTU", "blksize 1468", { mtu: 576 }, "blksize 544; 544 × 1"],
    ["jumbo frames", "blksize 65464", { mtu: 9000 }, "blksize 8968; 8968 × 1"],
    ["loopback", "blksize 65464", { mtu: 65536 }, "blksize 65464; 65464 × 1"],
    [
      "a client that failed",
      "blksize 1468, windowsize 16",
      { blksize: 512, windowsize: 1 },
      "blksize 512, windowsize 1; 512 × 1",
    ],
    [
      "a window's bytes",
      "blksize 8192, windowsize 16",
      { mtu: 65536 },
      "blksize 8192, windowsize 8; 8192 × 8",
    ],
    [
      "at least one block",
      "blksize 65464, windowsize 16",
      { mtu: 65536, windowBytes: 1000 },
      "blksize 65464, windowsize 1; 65464 × 1",
    ],
  ];
  it.each(rows)("%s", (_rule, asks, limits, gets) =>
    expect(answer(asks, 100_000, limits)).toBe(gets),
  );

  it("tells no size of an empty file: curl takes 0 for a fault", () =>
    expect(answer("tsize 0", 0)).toBe("no OACK; 512 × 1"));

  it("tells no size in netascii", () => {
    const terms = negotiate(optionsOf("tsize 0, blksize 600"), undefined, ethernet);
    expect(terms.granted).toEqual([{ name: "blksize", value: "600" }]);
  });

  it("tells sizes beyond 4 GiB", () =>
    expect(answer("tsize 0", 2 ** 33 + 1)).toBe("tsize 8589934593; 512 × 1"));
});
