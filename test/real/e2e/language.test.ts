// What the language means on real U-Boot: scripts of one flow run one after the other at the
// prompt of one board without network, and say on its console which way they took.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Program } from "../../tools/program.js";
import { have } from "../../tools/tools.js";
import { startOffline, uboot } from "./board.js";
import { writeFlow } from "./flows.js";

const tools = [uboot, "qemu-system-aarch64", "mkenvimage", "sfdisk", "mkfs.fat", "mcopy"];

/** Values that no variable of a board should have, and some that it should. */
const environment = {
  ...{ bootdelay: "-1", five: "5", ten: "10", blank: "a  b", apostrophe: "it's" },
  ...{ dash: "-n", bang: "!", equal: "=", hash: "#x", list: "a;b & c|d", dollar: "${five}" },
  ...{ quote: 'a"b', good: "true", bad: "echo ran; false" },
  // Where the card is: U-Boot tells a script that it found by itself.
  ...{ devtype: "virtio", devnum: "0", distro_bootpart: "1", prefix: "/" },
};

/** A condition, and whether it holds. */
const conditions: readonly (readonly [condition: string, holds: boolean])[] = [
  ['${five} == "5"', true],
  ['${five} != "5"', false],
  ["${five} < 10", true],
  ["${five} < 5", false],
  ["${five} <= 5", true],
  ["${ten} > ${five}", true],
  ["not ${ten} > ${five}", false],
  // What is not set is neither smaller nor larger; what is no number counts as 0.
  ["${unset} < 5", false],
  ["not ${unset} < 5", false],
  ["${bang} < 5", true],
  ["5 > ${equal}", true],
  ["${dash} >= ${five}", false],
  ["defined five", true],
  ["defined unset", false],
  ["not defined unset", true],
  ['${unset} == ""', true],
  ['${blank} == "a  b"', true],
  ['${blank} == "a b"', false],
  ['${dash} == "-n"', true],
  ['${bang} == "!"', true],
  ['${equal} == "="', true],
  ['${hash} == "#x"', true],
  ['${list} == "a;b & c|d"', true],
  ['${quote} == "a\\"b"', true],
  ['"${dollar}" == "$\\{five}"', true],
  ["defined equal and ${five} == 5 and defined bang", true],
  ["${five} == 5 and ${ten} == 5", false],
  ["${five} == 5 or ${ten} == 5", true],
  ["not (${five} == 5 and ${ten} == 5)", true],
  ["not (${five} == 5 or ${ten} == 5)", false],
  ["(${five} == 5 or defined unset) and (defined unset or ${ten} == 10)", true],
  ["(${five} == 5 and defined unset) or not (${ten} == 5 or not defined list)", true],
  ['exists "conditions.scr" on virtio 0:1', true],
  ['exists "conditions.scr" on sdcard', true],
  ['exists "missing" on sdcard', false],
  ['not exists "missing" on sdcard and ${five} == 5', true],
  ['${five} == 5 and exists "missing" on sdcard', false],
  // The old parser cannot read an apostrophe in a value: whatever is asked of it does not hold.
  ['${apostrophe} == "x"', false],
  ['${apostrophe} != "x"', false],
  ["defined apostrophe", false],
  ["not defined apostrophe", false],
  ['${five} == 5 and ${apostrophe} == "x"', false],
  ['${apostrophe} == "x" and ${five} == 5', false],
  ['${five} == 5 or ${apostrophe} == "x"', true],
  ['${apostrophe} == "x" or ${five} == 5', true],
  ['not (${apostrophe} == "x" or ${five} == 10)', false],
];

/** Every printable character but the two that no script can hold. */
const printable = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index))
  .filter((character) => character !== "'" && character !== "\\")
  .join("");
const written = printable.replace(/["{]/g, "\\$&");

/** The scripts by name; a statement a line, so that failures can be told by their lines. */
const scripts: Readonly<Record<string, string>> = {
  conditions: conditions
    .map(([text], index) => `if ${text} { print "${index}: yes" } else { print "${index}: no" }`)
    .join("\n"),
  print: `print "${written}"
    print "\${blank}${written}\${list}"
    print "\${five}"
    print ""
    set copy "${written}\${blank}"
    print "\${copy}"
    print "\${quote} \${hash} \${dollar} (\${unset})"`,
  status: 'fail "on purpose"',
  chained: 'chain inner\nprint "never"',
  inner: 'print "inner"\nfail "in the inner one"',
  caught: `try { fail "one" } else { print "else" }
    try { print "fine" } else { print "never" }
    try { try { fail "two" } else { fail "three" } } else { print "outer else" }
    try { fail "four" }
    print "end"`,
  earlier: `try { chain inner } else { print "caught" }
    fail "first"
    try { fail "never" } else { print "never" }
    retry 2 { print "never" }
    if \${five} == 5 { print "never" }`,
  retried: `try { retry 2 pause 10ms { print "try"
      if \${five} == 5 { fail "again" }
      print "never"
    } } else { print "gave up" }
    set count 0
    retry 5 { uboot "setexpr count \${count} + 1"
      if \${count} < 3 { fail "not yet" }
      print "at \${count}" }
    set count 0
    retry forever { retry 2 { uboot "setexpr count \${count} + 1"
        if \${count} < 4 { fail "no" } }
      print "done" }
    retry 2 { fail "for good" }
    print "never"`,
  counting: "retry 2 { chain counted }",
  counted: 'retry 3 { fail "inner" }',
  damage:
    'try { chain spoilt } else { print "spoilt" }\ntry { chain missing } else { print "none" }',
  spoilt: 'print "never"',
  missing: 'print "never"',
  apostrophe: `try { set copy "\${apostrophe}" } else { print "no copy" }
    try { bootargs "\${apostrophe}" } else { print "no arguments" }
    try { uboot "echo \${apostrophe}" } else { print "no line" }
    retry 2 { set copy "\${apostrophe}" }
    print "never"`,
  raw: `uboot "true && echo both"
    uboot "if false; then echo no; else echo else; fi"
    uboot "for i in 1 2; do echo \${i}; done; true"
    run good
    try { run bad } else { print "bad" }
    try { run nothing } else { print "nothing" }
    try { uboot "false; false" } else { print "compound" }
    uboot "nosuch"`,
  leave: 'try { retry 3 { chain leave_2 } } else { print "never" }\nprint "never"',
  leave_2: `retry forever pause 1s { try { chain leave_3 } else { print "never" } }
    print "never"`,
  leave_3:
    'if defined stay { try { retry 2 { shell } } else { print "never" } }\nprint "stayed away"',
};

/** The flow of all of them, each behind a line that is its own. */
const flow = `board qemu_arm64
${Object.entries(scripts)
  .map(([name, body]) => `script ${name} on sdcard "${name}.scr" {\n${body}\n}`)
  .join("\n")}
`;

/** What a script prints that is not U-Boot's own talk about loading it. */
const noise =
  /^\d+ bytes read|^## (Executing script|Checking Image|Loading)|^ {3}|^$|Failed to load|^Unable to read/;

describe.runIf(have(...tools))("the language on U-Boot", { timeout: 240_000 }, () => {
  const directory = mkdtempSync(join(tmpdir(), "ubootc-language-"));
  let console: Program;

  beforeAll(async () => {
    const { sdcard } = writeFlow(join(directory, "flow"), flow);
    const spoilt = join(sdcard, "spoilt.scr");
    const bytes = readFileSync(spoilt);
    bytes.writeUInt8(bytes.readUInt8(80) ^ 1, 80);
    writeFileSync(spoilt, bytes);
    rmSync(join(sdcard, "missing.scr"));
    console = await startOffline(join(directory, "board"), { sdcard, environment });
    await console.waitFor("=> ", 30_000);
  }, 240_000);

  afterAll(async () => {
    await console?.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  /** Runs a script, with `setting` before it; returns what it printed, its status as last line. */
  async function runs(name: string, setting = "true"): Promise<readonly string[]> {
    const load = `load virtio 0:1 \${scriptaddr} ${name}.scr`;
    console.type(`${setting}; ${load} && source \${scriptaddr}; echo status $?\r`);
    await console.waitFor("echo status $?\n", 5000);
    const printed = await console.waitFor(/[\s\S]*?^status \d+\n(?==> )/m, 20_000);
    return printed.split("\n").filter((line) => !noise.test(line));
  }

  /** The line of `script` at `index`, as failures name it. */
  const at = (name: string, index = 0) => {
    const before = flow.slice(0, flow.indexOf(`script ${name} on`));
    return `zero-client.boot:${before.split("\n").length + 1 + index}`;
  };

  it("decides conditions", async () => {
    const printed = await runs("conditions");
    const answers = conditions.map(([text], index) => {
      const answer = new RegExp(`^${index}: (yes|no)$`);
      const found = printed.find((line) => answer.test(line));
      return `${text}: ${found?.replace(/^\d+: /, "")}`;
    });
    expect(answers).toEqual(conditions.map(([text, holds]) => `${text}: ${holds ? "yes" : "no"}`));
  });

  it("prints what it was given", async () => {
    expect(await runs("print")).toEqual([
      printable,
      `a  b${printable}a;b & c|d`,
      ...["5", `${printable}a  b`, 'a"b #x ${five} ()', "status 0"],
    ]);
  });

  it.each<[name: string, expected: (line: typeof at) => readonly string[]]>([
    ["status", (line) => [`status failed: ${line("status")}: on purpose`, "status 1"]],
    [
      "chained",
      (line) => [
        ...["inner", `inner failed: ${line("inner", 1)}: in the inner one`],
        ...[`chained failed: ${line("chained")}: chain inner (inner.scr)`, "status 1"],
      ],
    ],
    [
      "caught",
      (line) => [
        `caught: ${line("caught")}: one failed, trying the else of line ${line("caught").split(":")[1]}`,
        ...["else", "fine"],
        `caught: ${line("caught", 2)}: two failed, trying the else of line ${line("caught", 2).split(":")[1]}`,
        `caught: ${line("caught", 2)}: three failed, trying the else of line ${line("caught", 2).split(":")[1]}`,
        "outer else",
        `caught: ${line("caught", 3)}: four failed, going on after the try of line ${line("caught", 3).split(":")[1]}`,
        ...["end", "status 0"],
      ],
    ],
    [
      "earlier",
      (line) => [
        ...["inner", `inner failed: ${line("inner", 1)}: in the inner one`],
        `earlier: ${line("earlier")}: chain inner (inner.scr) failed, trying the else of line ${line("earlier").split(":")[1]}`,
        ...["caught", `earlier failed: ${line("earlier", 1)}: first`, "status 1"],
      ],
    ],
    [
      "retried",
      (line) => [
        ...["try", `retried: ${line("retried", 1)}: again failed, attempt 1 of 2`],
        ...["try", `retried: ${line("retried", 1)}: again failed, attempt 2 of 2`],
        `retried: ${line("retried", 1)}: again failed, trying the else of line ${line("retried").split(":")[1]}`,
        "gave up",
        `retried: ${line("retried", 6)}: not yet failed, attempt 1 of 5`,
        `retried: ${line("retried", 6)}: not yet failed, attempt 2 of 5`,
        "at 3",
        `retried: ${line("retried", 10)}: no failed, attempt 1 of 2`,
        `retried: ${line("retried", 10)}: no failed, attempt 2 of 2`,
        `retried: ${line("retried", 10)}: no failed`,
        `retried: ${line("retried", 10)}: no failed, attempt 1 of 2`,
        "done",
        `retried: ${line("retried", 12)}: for good failed, attempt 1 of 2`,
        `retried: ${line("retried", 12)}: for good failed, attempt 2 of 2`,
        ...[`retried failed: ${line("retried", 12)}: for good`, "status 1"],
      ],
    ],
    [
      "counting",
      (line) => [
        ...[1, 2].flatMap((outer) => [
          ...[1, 2, 3].map((n) => `counted: ${line("counted")}: inner failed, attempt ${n} of 3`),
          `counted failed: ${line("counted")}: inner`,
          `counting: ${line("counting")}: chain counted (counted.scr) failed, attempt ${outer} of 2`,
        ]),
        ...[`counting failed: ${line("counting")}: chain counted (counted.scr)`, "status 1"],
      ],
    ],
    [
      "raw",
      (line) => [
        ...["both", "else", "1", "2", "ran"],
        `raw: ${line("raw", 4)}: run bad failed, trying the else of line ${line("raw", 4).split(":")[1]}`,
        ...["bad", '## Error: "nothing" not defined'],
        `raw: ${line("raw", 5)}: run nothing failed, trying the else of line ${line("raw", 5).split(":")[1]}`,
        "nothing",
        `raw: ${line("raw", 6)}: uboot false; false failed, trying the else of line ${line("raw", 6).split(":")[1]}`,
        ...["compound", "Unknown command 'nosuch' - try 'help'"],
        ...[`raw failed: ${line("raw", 7)}: uboot nosuch`, "status 1"],
      ],
    ],
  ])("fails as it should: %s", async (name, expected) => {
    expect(await runs(name)).toEqual(expected(at));
  });

  it("runs no script that is damaged or not there", async () => {
    const printed = await runs("damage");
    expect(printed).toContain("spoilt");
    expect(printed.join("\n")).toMatch(/chain spoilt \(spoilt\.scr\) is damaged failed, trying/);
    expect(printed.slice(-2)).toEqual(["none", "status 0"]);
    expect(printed).not.toContain("never");
  });

  it("takes no step with an apostrophe for done", async () => {
    const printed = (await runs("apostrophe")).filter((line) => !/^syntax error/.test(line));
    expect(printed.filter((line) => line.startsWith("no "))).toEqual([
      ...["no copy", "no arguments", "no line"],
    ]);
    expect(printed.slice(-2)).toEqual([
      ...[`apostrophe failed: ${at("apostrophe", 3)}: set copy`, "status 1"],
    ]);
    expect(printed).not.toContain("never");
  });

  it("goes for the prompt through three scripts, and forgets it", async () => {
    const left = ["leave_3", "leave_2", "leave"].map((name) => `${name}: on to the U-Boot prompt`);
    expect(await runs("leave", "setenv stay 1")).toEqual([...left, "status 1"]);
    expect(await runs("leave_3", "setenv stay")).toEqual(["stayed away", "status 0"]);
    expect(await runs("status")).toEqual([
      `status failed: ${at("status")}: on purpose`,
      "status 1",
    ]);
    expect(await runs("leave", "setenv stay 1")).toEqual([...left, "status 1"]);
  });
});
