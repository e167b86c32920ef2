// DHCP messages as bytes, in both directions: overload, long options, every malformed shape.
// RFC 2131 section 2, RFC 2132 section 9.3, RFC 3396.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type DhcpMessage, decode, encode, NONE } from "../../src/dhcp/index.js";
import { datagram, discovers } from "./clients.js";

const message = (
  options: [number, Uint8Array][],
  more: Partial<DhcpMessage> = {},
): DhcpMessage => ({
  ...{ op: 2, htype: 1, hops: 0, xid: 0x26f30339, secs: 0, flags: 0 },
  ...{ ciaddr: NONE, yiaddr: "192.168.0.9", siaddr: NONE, giaddr: NONE, sname: "", file: "" },
  ...{ chaddr: Uint8Array.of(1, 2, 3, 4, 5, 6), options: new Map(options), ...more },
});
const filled = (length: number, byte = 7) => new Uint8Array(length).fill(byte);

/** A message with `area` as its options, `file` and `sname` as given. */
function bytes(
  area: readonly number[],
  file: readonly number[] = [],
  sname: readonly number[] = [],
) {
  const all = Buffer.alloc(240 + area.length);
  all.set([1, 1, 6]);
  all.set(sname, 44);
  all.set(file, 108);
  all.set([99, 130, 83, 99, ...area], 236);
  return all;
}

describe("decode", () => {
  it("reads what U-Boot sends", () => {
    const sent = decode(datagram(discovers["U-Boot, 64-bit Arm"]));
    expect(sent).toMatchObject({ op: 1, htype: 1, xid: 0x26f30339, file: "boot.scr.uimg" });
    expect("options" in sent && [...sent.options.keys()]).toEqual([53, 57, 93, 94, 60, 55]);
  });

  const malformed: [string, Uint8Array, string][] = [
    ["nothing", filled(0), "shorter than the fixed fields"],
    ["239 bytes", filled(239), "shorter than the fixed fields"],
    ["another cookie", filled(300), "no magic cookie: BOOTP, or something else"],
    ["a code and no more", bytes([53]), "an option without its end"],
    ["a length beyond the end", bytes([53, 2, 1]), "an option without its end"],
    [
      "the same in `file`",
      bytes([52, 1, 1, 255], [...Array(126).fill(0), 67, 1]),
      "an option without its end",
    ],
    [
      "hlen 17",
      Buffer.from(bytes([255])).fill(17, 2, 3),
      "a hardware address of more than 16 bytes",
    ],
  ];
  it.each(malformed)("%s is malformed", (_name, datagram, problem) =>
    expect(decode(datagram)).toEqual({ problem }),
  );

  const areas: [string, Buffer, [number, number[]][]][] = [
    ["pads between options", bytes([0, 0, 1, 1, 9, 0, 255, 2, 1, 1]), [[1, [9]]]],
    ["no end", bytes([1, 1, 9]), [[1, [9]]]],
    [
      "parts of a long option",
      bytes([1, 1, 9, 2, 0, 1, 2, 8, 7, 255]),
      [
        [1, [9, 8, 7]],
        [2, []],
      ],
    ],
    [
      "options in `file`, then `sname`",
      bytes([52, 1, 3, 1, 1, 9, 255], [1, 1, 8, 255], [1, 1, 7, 255]),
      [
        [52, [3]],
        [1, [9, 8, 7]],
      ],
    ],
  ];
  it.each(areas)("%s", (_name, datagram, options) => {
    const read = decode(datagram);
    if ("problem" in read) throw new Error(read.problem);
    expect([...read.options].map(([code, value]) => [code, [...value]])).toEqual(options);
  });

  it("never throws, whatever comes", () =>
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (area) => {
        decode(Buffer.concat([bytes([]), area]));
        decode(area);
      }),
    ));
});

describe("encode", () => {
  it("ends with 255, and pads to 300 bytes", () => {
    const { bytes } = encode(message([[53, Uint8Array.of(2)]]));
    expect(bytes.length).toBe(300);
    expect([...bytes.subarray(240)]).toEqual([53, 1, 2, 255, ...Array(56).fill(0)]);
  });

  it("splits a long option", () => {
    const { bytes } = encode(message([[43, filled(300)]]), 1000);
    expect([...bytes.subarray(240, 243), bytes[497], bytes[498]]).toEqual([43, 255, 7, 43, 45]);
  });

  const rooms: [string, DhcpMessage, number[], number | undefined][] = [
    ["what fits", message([[1, filled(200)]]), [], undefined],
    [
      "uses `file`",
      message([
        [1, filled(250)],
        [2, filled(100)],
      ]),
      [],
      1,
    ],
    [
      "uses both",
      message([
        [1, filled(250)],
        [2, filled(100)],
        [3, filled(60)],
      ]),
      [],
      3,
    ],
    [
      "uses `sname` when there is a file",
      message(
        [
          [1, filled(250)],
          [2, filled(60)],
        ],
        { file: "a" },
      ),
      [],
      2,
    ],
    [
      "drops what has no room",
      message([
        [1, filled(250)],
        [2, filled(200)],
        [3, filled(9)],
      ]),
      [2],
      undefined,
    ],
  ];
  it.each(rooms)("%s", (_name, sent, dropped, overload) => {
    const { bytes, dropped: lost } = encode(sent);
    expect(lost).toEqual(dropped);
    expect(bytes.length).toBeLessThanOrEqual(548);
    const read = decode(bytes);
    if ("problem" in read) throw new Error(read.problem);
    expect(read.options.get(52)?.[0]).toBe(overload);
    for (const [code, value] of sent.options) {
      expect(read.options.get(code)?.length).toBe(
        dropped.includes(code) ? undefined : value.length,
      );
    }
  });

  it("is undone by decode, wherever options went", () =>
    fc.assert(
      fc.property(
        fc.uniqueArray(
          fc.tuple(fc.integer({ min: 53, max: 254 }), fc.uint8Array({ maxLength: 300 })),
          {
            maxLength: 8,
            selector: ([code]) => code,
          },
        ),
        fc.integer({ min: 0, max: 2000 }),
        (options, longest) => {
          const sent = message(options);
          const { bytes, dropped } = encode(sent, longest);
          const read = decode(bytes);
          if ("problem" in read) throw new Error(read.problem);
          expect(bytes.length).toBeLessThanOrEqual(Math.max(longest, 300));
          const kept = options.filter(([code]) => !dropped.includes(code));
          for (const [code, value] of kept)
            expect([...(read.options.get(code) ?? [])]).toEqual([...value]);
        },
      ),
    ));
});
