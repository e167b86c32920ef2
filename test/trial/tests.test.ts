// Tests of a flow: what holds and what does not, and the reports of it, read by programs that are
// not ours.
import fc from "fast-check";
import { XMLParser, XMLValidator } from "fast-xml-parser";
import { Parser } from "tap-parser";
import { describe, expect, it } from "vitest";
import { junitOf, runTest, tapOf } from "../../src/trial/index.js";
import { some } from "../tools/runs.js";
import { bench, example } from "./flows.js";
import { results } from "./results.js";

const flow = `board qemu_arm64
server 192.168.0.250
kernel linux  from "Image.gz" as uimage
kernel rescue from "Image.gz" as uimage "rescue.uImage" on sdcard
dtb    tree   from "board.dtb"
client a { serial "1" }
client b { serial "2" }
script boot on sdcard "boot.scr" {
  dhcp
  try { chain netboot } else {
    load rescue from sdcard
    bootargs "rescue"
    boot rescue with own
  }
}
dtb own from firmware
script netboot on tftp "netboot-\${serial#}.scr" for each client {
  if defined off { poweroff }
  if defined again { reset }
  bootargs "loglevel=7 client={client.name} quiet"
  boot linux with tree
}
`;

/** What is missed by a test that holds these lines. */
function misses(...lines: readonly string[]): readonly string[] {
  const text = `${flow}test "t" {\n${lines.map((line) => `  ${line}\n`).join("")}}\n`;
  const built = bench("t.boot", text);
  const [test] = built.program.tests;
  if (!test) throw new Error("no test");
  return runTest(built, test).failures.flatMap((failure) =>
    failure.misses.map(({ expected, found }) => `${expected} / ${found}`),
  );
}

describe("what is expected", () => {
  const held: readonly (readonly string[])[] = [
    ["expect boot linux"],
    ["expect boot linux with tree from tftp"],
    ['expect bootargs "client=a quiet"', "client a"],
    ['expect bootargs exactly "loglevel=7 client={client.name} quiet"'],
    ['expect console "Starting kernel"', "within 1s", "at most 100 packets"],
    ['expect no console "failed"'],
    ["fault dhcp timeout", 'expect fail "boot failed: t.boot:9: dhcp"'],
    ["fault dhcp timeout", "expect prompt"],
    ["fault tftp netboot not-found", "expect boot rescue with own from sdcard"],
    ["fault tftp netboot not-found", "expect boot rescue from virtio 0:1"],
    ["fault tftp netboot not-found", "expect boot rescue from virtio"],
    ["fault tftp tree corrupt after 200", 'expect console "board.dtb"'],
    ['set off "1"', "expect poweroff"],
    ['set again "1"', "expect reset"],
    ["fault sdcard missing", "expect fail"],
    ["start netboot", "expect boot linux"],
    [
      "client a  fault tftp netboot timeout  expect boot rescue from sdcard within 2min  at most 900 packets",
    ],
    ["fault sdcard missing  expect fail"],
  ];
  it.each(some(held))("%s %s %s", (...lines) =>
    expect(misses(...lines.filter(Boolean))).toEqual([]),
  );

  const missed: readonly (readonly [readonly string[], string])[] = [
    [["expect boot rescue"], "boots rescue / boots linux with tree"],
    [["expect boot linux with own"], "boots linux with own / boots linux with tree"],
    [
      ["expect boot linux from sdcard"],
      "boots linux from sdcard / boots linux with tree from tftp",
    ],
    [['expect bootargs "client"'], "bootargs with client / loglevel=7 client=a quiet"],
    [['expect bootargs exactly "quiet"'], "bootargs quiet / loglevel=7 client=a quiet"],
    [['expect console "panic"'], '"panic" on the console / it is not'],
    [['expect no console "done"'], '"done" not on the console / it is'],
    [["expect prompt"], "the prompt / boots linux with tree"],
    [["expect boot linux", "at most 3 packets"], "at most 3 packets / 22 packets"],
    [
      ["fault tftp netboot timeout", "expect boot rescue", "within 5s"],
      "at most 5000 ms / 55006 ms",
    ],
    [
      ["fault dhcp timeout", 'expect fail "netboot"'],
      'the scripts fail, and "netboot" on the console / prompt: boot failed: t.boot:9: dhcp',
    ],
    [
      ["fault tftp rescue timeout", "expect boot linux"],
      "`fault tftp rescue timeout` makes a difference / nothing asked for that",
    ],
    [
      ["fault tftp tree corrupt after 200", "expect boot linux"],
      "boots linux / boots linux with tree; the device tree is damaged: a byte of it is wrong",
    ],
  ];
  it.each(some(missed))("%j is missed", (lines, miss) =>
    expect(misses("client a", ...lines)).toEqual([miss]),
  );
});

it("does not hold where a board has no such script", () => {
  const text = `${flow.replace(/^client .*\n/gm, "")}test "t" {\n  start netboot\n  expect boot linux\n}\n`;
  const built = bench("t.boot", text);
  const [test] = built.program.tests;
  const found = test && runTest(built, test).failures;
  expect(found?.map(({ misses: some }) => some[0]?.expected)).toEqual(["netboot for this board"]);
});

describe.each(["zero-client", "zero-client-qemu", "uboot-network"])("the tests of %s", (name) => {
  const built = bench(example(name));
  it.each(some(built.program.tests.map((test) => [test.title, test] as const)))("%s", (_, test) => {
    expect(runTest(built, test).failures).toEqual([]);
  });
});

describe("whatever the texts hold", () => {
  it("TAP is read as it was meant", () => {
    fc.assert(
      fc.property(results, (all) => {
        const read = Parser.parse(tapOf(all)).flatMap(([kind, value]) =>
          kind === "assert" ? [value] : [],
        );
        expect(read.map(({ ok }) => ok)).toEqual(all.map(({ failures }) => failures.length === 0));
        const failures = read.map(({ diag }) => diag?.failures);
        const meant = all.map((each) =>
          each.failures.length === 0
            ? undefined
            : each.failures.map(({ clients, misses: some, tail }) => ({
                client: clients,
                misses: some,
                console: tail,
              })),
        );
        expect(failures).toEqual(meant);
      }),
    );
  });

  it("JUnit's XML is well formed, with as many cases and failures", () => {
    const parser = new XMLParser({
      ignoreAttributes: false,
      attributeNamePrefix: "",
      isArray: (name) => ["testsuite", "testcase", "failure"].includes(name),
    });
    fc.assert(
      fc.property(results, (all) => {
        const text = junitOf("a.boot", all);
        expect(XMLValidator.validate(text)).toBe(true);
        const [suite] = parser.parse(text).testsuites.testsuite;
        expect(suite.testcase).toHaveLength(all.length);
        const failures = suite.testcase.map((each: { failure?: [] }) => each.failure?.length ?? 0);
        expect(failures).toEqual(all.map((each) => Number(each.failures.length > 0)));
        expect(Number(suite.failures)).toBe(failures.filter((count: number) => count > 0).length);
      }),
    );
  });
});
