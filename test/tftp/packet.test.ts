// TFTP packets as literal bytes, in both directions, and every malformed shape. RFC 1350, 2347.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  encodeAck,
  encodeData,
  encodeError,
  encodeOack,
  encodeRequest,
  type Option,
  type Packet,
  parse,
} from "../../src/tftp/index.js";

const bytes = (text: string) => Buffer.from(text, "latin1");
const options = (...list: [string, string][]) =>
  new Map(list.map(([name, value]): [string, Option] => [name.toLowerCase(), { name, value }]));

const request = (name: string, mode = "octet", ...list: [string, string][]): Packet => ({
  kind: "RRQ",
  name,
  mode,
  options: options(...list),
});

const wellFormed: [string, string, Packet][] = [
  ["RRQ", "\0\x01vmlinuz\0octet\0", request("vmlinuz")],
  ["RRQ, mode in capitals", "\0\x01a\0OCTET\0", request("a")],
  ["RRQ in netascii", "\0\x01a\0netascii\0", request("a", "netascii")],
  ["RRQ for a name in UTF-8", "\0\x01\xc3\xa4\0octet\0", request("ä")],
  [
    "RRQ of U-Boot",
    "\0\x01boot.scr\0octet\0timeout\x005\0tsize\x000\0blksize\x001468\0windowsize\x0016\0",
    request(
      "boot.scr",
      "octet",
      ["timeout", "5"],
      ["tsize", "0"],
      ["blksize", "1468"],
      ["windowsize", "16"],
    ),
  ],
  [
    "options keep their spelling",
    "\0\x01a\0octet\0BlkSize\x001024\0",
    request("a", "octet", ["BlkSize", "1024"]),
  ],
  [
    "an option given twice: the first counts",
    "\0\x01a\0octet\0tsize\x000\0TSIZE\x009\0",
    request("a", "octet", ["tsize", "0"]),
  ],
  ["an option with an empty value", "\0\x01a\0octet\0x\0\0", request("a", "octet", ["x", ""])],
  ["RRQ padded with zeros", "\0\x01a\0octet\0\0\0\0", request("a")],
  [
    "an option called __proto__",
    "\0\x01a\0octet\0__proto__\x001\0",
    request("a", "octet", ["__proto__", "1"]),
  ],
  ["WRQ", "\0\x02a\0octet\0", { kind: "WRQ", name: "a", mode: "octet", options: options() }],
  ["DATA", "\0\x03\x01\x02abc", { kind: "DATA", block: 0x102, data: bytes("abc") }],
  ["empty DATA", "\0\x03\xff\xff", { kind: "DATA", block: 65535, data: bytes("") }],
  ["ACK", "\0\x04\x80\x00", { kind: "ACK", block: 32768 }],
  ["ACK with something behind it", "\0\x04\0\x01zz", { kind: "ACK", block: 1 }],
  ["ERROR", "\0\x05\0\x01gone\0", { kind: "ERROR", code: 1, message: "gone" }],
  ["ERROR without its NUL", "\0\x05\0\x08no", { kind: "ERROR", code: 8, message: "no" }],
  ["ERROR without a message", "\0\x05\0\0", { kind: "ERROR", code: 0, message: "" }],
  [
    "ERROR that would steer a terminal",
    "\0\x05\0\0\x1b[2Jx\x9b\r\n\0",
    { kind: "ERROR", code: 0, message: "?[2Jx???" },
  ],
  [
    "OACK",
    "\0\x06blksize\x001468\0tsize\x0042\0",
    { kind: "OACK", options: options(["blksize", "1468"], ["tsize", "42"]) },
  ],
];

const badlyFormed: [string, string, string][] = [
  ["nothing", "", "shorter than an opcode"],
  ["one byte", "\0", "shorter than an opcode"],
  ["opcode 0", "\0\0", "unknown opcode"],
  ["opcode 7", "\0\x07a", "unknown opcode"],
  ["opcode 256", "\x01\0a", "unknown opcode"],
  ["opcode 257, like RRQ in one byte", "\x01\x01a\0octet\0", "unknown opcode"],
  ["RRQ and no more", "\0\x01", "a string without its NUL"],
  ["a name without its NUL", "\0\x01name", "a string without its NUL"],
  ["no mode", "\0\x01name\0", "a string without its NUL"],
  ["a mode without its NUL", "\0\x01name\0octet", "a string without its NUL"],
  ["an empty name", "\0\x01\0octet\0", "no file name"],
  ["an empty mode", "\0\x01a\0\0", "no mode"],
  ["a name that is not UTF-8", "\0\x01\xff\xfe\0octet\0", "a file name that is not UTF-8"],
  ["an overlong slash", "\0\x01..\xc0\xaf\0octet\0", "a file name that is not UTF-8"],
  ["an option without a value", "\0\x01a\0octet\0tsize\0", "an option without a value"],
  ["an option value without its NUL", "\0\x01a\0octet\0tsize\x000", "a string without its NUL"],
  ["a request of 513 bytes", `\0\x01${"a".repeat(504)}\0octet\0`, "longer than 512 bytes"],
  ["DATA without a number", "\0\x03\0", "no block number"],
  ["ACK without a number", "\0\x04", "no block number"],
  ["ACK with half a number", "\0\x04\0", "no block number"],
  ["ERROR without a code", "\0\x05\0", "no error code"],
  ["OACK without a NUL", "\0\x06tsize", "a string without its NUL"],
  ["OACK without a value", "\0\x06tsize\0", "an option without a value"],
];

describe("parse", () => {
  it.each(wellFormed)("%s", (_name, text, packet) => expect(parse(bytes(text))).toEqual(packet));

  it.each(badlyFormed)("%s is malformed", (_name, text, problem) =>
    expect(parse(bytes(text))).toEqual({ kind: "malformed", problem }),
  );

  it("takes a request of 512 bytes", () =>
    expect(parse(bytes(`\0\x01${"a".repeat(503)}\0octet\0`)).kind).toBe("RRQ"));

  it("reads from an array that is part of another", () =>
    expect(parse(new Uint8Array(bytes("??\0\x04\0\x07??")).subarray(2, 6))).toEqual({
      kind: "ACK",
      block: 7,
    }));

  it("never throws, whatever comes", () =>
    fc.assert(
      fc.property(
        fc.nat(8),
        fc.uint8Array({ maxLength: 600 }),
        (opcode, rest) =>
          typeof parse(Buffer.concat([Buffer.from([0, opcode]), rest])).kind === "string",
      ),
    ));
});

describe("encode", () => {
  const list = [
    { name: "BLKSIZE", value: "8" },
    { name: "tsize", value: "0" },
  ];
  const rows: [string, Uint8Array, string][] = [
    ["RRQ", encodeRequest("RRQ", "a/b", "octet"), "\0\x01a/b\0octet\0"],
    [
      "RRQ with options",
      encodeRequest("RRQ", "a", "octet", list),
      "\0\x01a\0octet\0BLKSIZE\x008\0tsize\x000\0",
    ],
    ["WRQ", encodeRequest("WRQ", "ä", "netascii"), "\0\x02\xc3\xa4\0netascii\0"],
    ["DATA", encodeData(1, bytes("xyz")), "\0\x03\0\x01xyz"],
    ["DATA after a wrap", encodeData(65536 + 258, bytes("")), "\0\x03\x01\x02"],
    ["ACK", encodeAck(65536), "\0\x04\0\0"],
    ["ERROR", encodeError(5, "no\tpath\xe4"), "\0\x05\0\x05no?path?\0"],
    ["OACK", encodeOack(list), "\0\x06BLKSIZE\x008\0tsize\x000\0"],
  ];
  it.each(rows)("%s", (_name, packet, text) =>
    expect(Buffer.from(packet).toString("latin1")).toBe(text),
  );

  it("keeps an ERROR within 512 bytes", () => {
    const packet = encodeError(0, "x".repeat(1000));
    expect(packet.length).toBe(512);
    expect(packet.at(-1)).toBe(0);
  });

  it("is undone by parse", () =>
    fc.assert(
      fc.property(fc.nat(0xffff), fc.uint8Array({ maxLength: 100 }), (block, data) => {
        expect(parse(encodeData(block, data))).toEqual({
          kind: "DATA",
          block,
          data: Buffer.from(data),
        });
      }),
    ));
});
