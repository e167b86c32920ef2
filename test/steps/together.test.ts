// Every mistake of a flow in one answer: faults of several stages side by side, and each said once.
import { expect, it } from "vitest";
import { compile } from "../../src/compile.js";
import { memoryFiles } from "../../src/files/index.js";

/** What is said of a flow: codes with their lines, in order. */
function saidOf(flow: string): readonly string[] {
  const files = memoryFiles({ "a.boot": flow, "data.bin": "no kernel, but a file" });
  return compile("a.boot", { files }).diagnostics.map(({ code, labels: [first] }) => {
    const line = first?.span.source.text.slice(0, first.span.start).split("\n").length;
    return `${line} ${code}`;
  });
}

const inScript = (body: string) => `board qemu_arm64
server 10.0.0.1
param n "010"
file bits from "data.bin"
script boot on sdcard "boot.scr" {
${body}
}`;

it("says what is wrong with names, values and memory at once", () => {
  const flow = inScript(`load bits from ubs 0:1
network static { netmask 255.255.255.0 }
retry 99 { dhcp }
sleep 99999999999s
load bitz
try { load bits to 0x1 } else { print "no" }`);
  expect(saidOf(flow)).toEqual([
    "6 device-unknown",
    "7 property-missing",
    "8 value-invalid",
    "9 value-invalid",
    "10 name-unknown",
    "11 outside-memory",
  ]);
});

it("says what is wrong in a declaration and in a script at once", () => {
  const flow = `board qemu_arm64 { cbsize 1s }
server 10.0.0.300
kernel linux from "missing"
file bits from "data.bin" as "../x"
nfsroot root at "/srv" { version 5 }
script boot on moon "boot.scr" { retry 0 { dhcp } }
script other on tftp "other.scr" {
load bits
bootargs { root root }
set a-b "1"
chain boot
boot linux
}`;
  expect(new Set(saidOf(flow))).toEqual(
    new Set([
      "1 value-invalid",
      "2 value-invalid",
      "3 input-missing",
      "4 unsafe-value",
      "5 value-invalid",
      "6 place-unknown",
      "6 value-invalid",
      "10 value-invalid",
    ]),
  );
});

it.each([
  ["{n} < 9", "small"],
  ["9 <= {n}", "large"],
  ["0x10 > 15", "small"],
  ["{n} >= 010", "small"],
])("decides %s as the board would: %s", (condition, word) => {
  const flow = inScript(`if ${condition} { print "small" } else { print "large" }`);
  const files = memoryFiles({ "a.boot": flow, "data.bin": "no kernel, but a file" });
  const { artifacts } = compile("a.boot", { files });
  const script = artifacts?.find(({ name }) => name === "boot.scr");
  expect(new TextDecoder("latin1").decode(script?.content.read(0, 0x1000))).toContain(
    `echo ${word}`,
  );
});

it.each(["1e3", "0b11", "abc", "09", "", "12 ", "0x", "99999999999999999999"])(
  "refuses %j as a number, known or beside a variable",
  (text) => {
    const known = inScript(`if "${text}" < 9 { dhcp }`);
    const late = inScript(`set x "1"\nif \${x} < "${text}" { dhcp }`);
    expect(saidOf(known)).toContain("6 value-invalid");
    expect(saidOf(late)).toContain("7 value-invalid");
  },
);

it.each([
  ['mmc "0:${part}"', 'load mmc "0:${part}"'],
  ['usb "${num}:1"', 'load usb "${num}:1"'],
  ['mmc "${num}:${part}"', 'load mmc "${num}:${part}"'],
  ["mmc 10:11", "load mmc a:b"],
  ["mmc", "load mmc 0:1"],
])("loads from %s", (device, command) => {
  const flow = inScript(`set part "2"\nset num "1"\nload bits from ${device}`);
  const files = memoryFiles({ "a.boot": flow, "data.bin": "no kernel, but a file" });
  const { artifacts } = compile("a.boot", { files });
  const script = artifacts?.find(({ name }) => name === "boot.scr");
  const text = new TextDecoder("latin1").decode(script?.content.read(0, 0x1000));
  expect(text).toContain(`${command} `);
  for (const [, name = ""] of device.matchAll(/\$\{(\w+)\}/g)) {
    expect(text).toContain(`test -n "\${${name}}"`);
  }
});

it.each(["mmc 1#boot_a", 'mmc "1#boot_a"', 'mmc "0:${a}2"', 'mmc "0:1:2"', "mmc 0:"])(
  "refuses %s, and loses nothing of it",
  (device) => expect(saidOf(inScript(`load bits from ${device}`))).toHaveLength(1),
);

it("says a mistake in a declaration once, though a test names what it declares", () => {
  const flow = `${inScript("load bits").replace('"data.bin"', '"none.bin"')}
test "without it" {
  fault tftp bits not-found
  expect prompt
}`;
  expect(saidOf(flow)).toEqual(["4 input-missing"]);
});
