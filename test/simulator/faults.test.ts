// Faults: each is read from the text it is printed as, does what it says to a world, and a wrong one
// is explained in the words of the language.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compile } from "../../src/compile.js";
import { memoryFiles } from "../../src/files/index.js";
import { bytesOf, contentOf } from "../../src/image/index.js";
import { parseFault } from "../../src/language/index.js";
import { type Fault, faultText, readFault } from "../../src/program/index.js";
import { type World, withFaults } from "../../src/simulator/index.js";

/** The fault that `text` means; undefined when it means none. */
function read(text: string): Fault | undefined {
  const { fault } = parseFault({ name: "--fault", text });
  return fault && readFault(fault, { scope: { parameters: new Map() }, report: () => {} });
}

const text = fc.string({ unit: fc.constantFrom(..."aZ09 _-./#\\\"{}$'`;é"), maxLength: 12 });
const optional = <T>(key: string, value: fc.Arbitrary<T>) =>
  fc.oneof(
    fc.constant({}),
    value.map((each) => ({ [key]: each })),
  );
const times = optional("times", fc.integer({ min: 1, max: 99 }));
const after = optional("after", fc.nat());
const what = optional(
  "what",
  text.map((file) => ({ file })),
);
const together = (...parts: fc.Arbitrary<object>[]) =>
  fc.tuple(...parts).map((all) => Object.assign({}, ...all) as Fault);

const anyFault: fc.Arbitrary<Fault> = fc.oneof(
  together(fc.constant({ kind: "dhcp" }), times),
  together(
    fc.constant({ kind: "server" }),
    fc.ipV4().map((address) => ({ address })),
    times,
  ),
  together(
    fc.record({
      kind: fc.constant("transfer"),
      protocol: fc.constantFrom("tftp", "http", "nfs"),
      failure: fc.constantFrom("timeout", "not-found", "short", "corrupt"),
    }),
    what,
    after,
    times,
  ),
  together(
    fc.record({ kind: fc.constant("device"), device: fc.constantFrom("mmc", "usb", "virtio") }),
    fc.oneof(
      fc.constant({}),
      fc.record({ number: fc.nat(99) }),
      fc.record({ number: fc.nat(99), partition: fc.nat(128) }),
    ),
    fc.oneof(
      fc.constant({ failure: "missing" }),
      together(
        fc.record({
          what: text.map((file) => ({ file })),
          failure: fc.constantFrom("missing", "short", "corrupt"),
        }),
        after,
      ),
    ),
  ),
  together(
    fc.record({
      kind: fc.constant("environment"),
      name: fc.constantFrom("serial#", "ethaddr", "boot_targets", "odd.name"),
    }),
    optional("value", text),
  ),
);

it("is read from the text it is printed as", () => {
  fc.assert(
    fc.property(anyFault, (fault) => {
      expect(read(faultText(fault))).toEqual(fault);
    }),
  );
});

describe("done to a world", () => {
  const files = new Map([
    ["linux.uImage", contentOf(new Uint8Array(100).fill(7))],
    ["boot.scr", contentOf(new Uint8Array(10).fill(1))],
  ]);
  const world: World = {
    lan: {
      lease: () => ({
        address: "10.0.0.5",
        netmask: "255.0.0.0",
        serverIdentifier: "10.0.0.1",
      }),
      fetch(_, __, name) {
        const content = files.get(name);
        return content
          ? { kind: "file", content }
          : { kind: "refused", code: 1, message: "File not found" };
      },
      reaches: () => true,
    },
    devices: new Map([
      [
        "mmc 0",
        { partitions: new Map([[1, { type: "fat", read: (name) => files.get(name.slice(1)) }]]) },
      ],
    ]),
    environment: { "serial#": "0001", board: "a" },
  };

  const spoilt = (text: string) => {
    const fault = read(text);
    if (!fault) throw new Error(`no fault: ${text}`);
    const happened: Fault[] = [];
    const around = {
      filesOf: () => new Set<string>(),
      card: "mmc 0",
      happens: (each: Fault) => happened.push(each),
    };
    return { happened, world: withFaults(world, [fault], around) };
  };
  /** What comes of asking for linux.uImage: a word, the bytes that come, and the one that is wrong. */
  const asked = ({ lan }: World, name = "linux.uImage") => {
    const answer = lan?.fetch("tftp", "10.0.0.1", name);
    const content = answer?.kind === "silence" ? answer.after : answer;
    const bytes =
      content && "size" in content ? content : answer?.kind === "file" && answer.content;
    if (!bytes) return answer?.kind;
    const wrong = bytesOf(bytes).findIndex((byte) => byte !== 7);
    return `${answer?.kind} ${bytes.size}${wrong < 0 ? "" : ` ${wrong}`}`;
  };

  it.each([
    ["tftp timeout", "silence"],
    ["tftp timeout after 30", "silence 30"],
    ['tftp "linux.uImage" not-found', "refused"],
    ["tftp short", "file 50"],
    ["tftp short after 1K", "file 100"],
    ["tftp corrupt", "file 100 50"],
    ["tftp corrupt after 3", "file 100 3"],
    ["server 10.0.0.1 timeout", "silence"],
    ["server 10.0.0.2 timeout", "file 100"],
    ['tftp "other" not-found', "file 100"],
    ["http timeout", "file 100"],
  ])("%s: %s", (text, answer) => {
    const { world: around, happened } = spoilt(text);
    expect(asked(around)).toBe(answer);
    expect(happened.length > 0).toBe(answer !== "file 100" || text.includes("1K"));
  });

  it("happens as often as it says", () => {
    const { world: around } = spoilt("tftp not-found times 2");
    expect([asked(around), asked(around), asked(around)]).toEqual([
      "refused",
      "refused",
      "file 100",
    ]);
    const { world: twice } = spoilt("dhcp timeout times 1");
    expect(twice.lan?.lease()).toBeUndefined();
    expect(twice.lan?.lease()?.address).toBe("10.0.0.5");
  });

  const onCard = ({ devices }: World) =>
    devices.get("mmc 0")?.partitions.get(1)?.read("/boot.scr")?.size;
  it.each([
    ["sdcard missing", undefined],
    ["mmc missing", undefined],
    ["mmc 0 missing", undefined],
    ["mmc 0:1 missing", undefined],
    ['mmc 0:1 "boot.scr" missing', undefined],
    ['mmc "boot.scr" short', 5],
    ['mmc 0:2 "boot.scr" short', 10],
    ["mmc 1 missing", 10],
    ["usb missing", 10],
  ])("%s: %s bytes", (text, size) => expect(onCard(spoilt(text).world)).toBe(size));

  it("changes the environment", () => {
    expect(spoilt("environment serial# unset").world.environment).toEqual({
      board: "a",
      "serial#": undefined,
    });
    expect(spoilt('environment board "b c"').world.environment.board).toBe("b c");
  });
});

describe("a wrong one", () => {
  const flow = `board qemu_arm64
server 10.0.0.1
file linux from "Image"
client bench-1 { serial "1" }
script boot on sdcard "boot.scr" { load linux }
script next on tftp "next.scr" { load linux }
`;
  const said = (statement: string, whole = flow) => {
    const texts = {
      "a.boot": `${whole}test "t" {\n  ${statement}\n  expect fail\n}\n`,
      Image: "data",
    };
    return compile("a.boot", { files: memoryFiles(texts) })
      .diagnostics.filter(({ code }) => !["unused-script", "no-fallback"].includes(code))
      .map(({ code, message, help }) => `${code}: ${message}${help ? `; ${help}` : ""}`);
  };

  it.each([
    ["fault tftp linux corrupt", []],
    ["fault tftp next timeout", []],
    ["client bench-1", []],
    [
      "fault tftpp timeout",
      ["name-unknown: no device or protocol is called `tftpp`; did you mean `tftp`?"],
    ],
    [
      "fault tftp linx corrupt",
      ["name-unknown: no file or script is called `linx`; did you mean `linux`?"],
    ],
    [
      "fault server 10.0.0.2 timeout",
      ["name-unknown: no server is called `10.0.0.2`; did you mean `10.0.0.1`?"],
    ],
    ["fault dhcp corrupt", ["value-invalid: expected timeout of `dhcp`, found `corrupt`"]],
    [
      "fault tftp missing",
      [
        "value-invalid: expected timeout or not-found or short or corrupt of `tftp`, found `missing`",
      ],
    ],
    ["fault mmc 0:1 corrupt", ["value-invalid: expected missing of `mmc`, found `corrupt`"]],
    [
      "fault mmc 0:x missing",
      ["value-invalid: expected a device and partition such as 0:1, found `0:x`"],
    ],
    [
      "fault dhcp 10.0.0.1 timeout",
      ["value-invalid: expected no place for `dhcp`, found `10.0.0.1`"],
    ],
    [
      "fault environment serial# unset after 3",
      ["value-invalid: expected no `after` for `environment`, found `3`"],
    ],
    [
      "fault tftp linux corupt",
      [
        "syntax: expected `corrupt`, `missing`, `short`, `timeout`, `unset`, `not-found` or text in quotes, found `corupt`; did you mean `corrupt`?",
      ],
    ],
    ["client bench-3", ["name-unknown: no client is called `bench-3`; did you mean `bench-1`?"]],
    ["start bot", ["name-unknown: no script is called `bot`; did you mean `boot`?"]],
    [
      "within 100h",
      [
        "syntax: expected a duration (`2s`, `500ms`), found `100h`; write the unit, without a space: `100s`",
      ],
    ],
    [
      'expect console "{client.rack}"',
      [
        'client-value-missing: client `bench-1` has no `rack`; give it one, or all of them: client * { rack "…" }',
      ],
    ],
    [
      "expct boot linux",
      [
        "syntax: expected what a test holds (`client`, `fault`, `expect` …) or `}`, found `expct`; did you mean `expect`?",
      ],
    ],
    [
      "fault tftp corupt",
      [
        "syntax: expected `corrupt`, `missing`, `short`, `timeout`, `unset`, a value or `not-found`, found `corupt`; did you mean `corrupt`?",
      ],
    ],
    [
      "kernel a",
      ["syntax: expected what a test holds (`client`, `fault`, `expect` …) or `}`, found `kernel`"],
    ],
  ])("%s", (statement, messages) => expect(said(statement)).toEqual(messages));
});
