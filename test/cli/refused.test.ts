// What `ubootc build` and `ubootc check` refuse, on a real disk: a code, a place and help, exit code
// 1, and nothing written. And what has to work although it looks unusual.
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { buildCommand } from "../../src/cli/build.js";
import { checkCommand } from "../../src/cli/check.js";
import { runInProcess } from "./in-process.js";

const commands = { build: buildCommand, check: checkCommand };

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "ubootc-refused-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const run = (command: keyof typeof commands, ...args: string[]) =>
  runInProcess(commands[command](), ...args);

type Entry = string | Uint8Array | "folder" | "loop";

function put(entries: Readonly<Record<string, Entry>>) {
  for (const [name, entry] of Object.entries(entries)) {
    const path = join(folder, name);
    if (entry === "folder") mkdirSync(path);
    else if (entry === "loop") symlinkSync(path, path);
    else writeFileSync(path, entry);
  }
}

const flow = (lines: string) => `board rpi_3\nserver 10.0.0.1\n${lines}\n`;
const kernel = flow('kernel linux from "Image"');
const forEach =
  'script net on tftp "net-${serial#}.scr" for each client {\n  print "{client.name}"\n}';
const table = flow(`clients from "lab.csv"\n${forEach}`);
const used = (v: string) =>
  flow(`client a { serial "1"  v "${v}" }
script net on tftp "net.scr" for each client {
  bootargs { console {client.v} }
}`);

/** Code, what is in the folder, and, where it matters, the place and a part of what is said. */
const refused: readonly (readonly [
  code: string,
  entries: Readonly<Record<string, Entry>>,
  place?: string,
  said?: string,
])[] = [
  ["input-missing", {}],
  ["input-not-a-file", { "flow.boot": "folder" }],
  ["input-empty", { "flow.boot": "" }],
  ["input-unreadable", { "flow.boot": "loop" }],
  ["input-missing", { "flow.boot": kernel }, "3:19"],
  ["input-not-a-file", { "flow.boot": kernel, Image: "folder" }, "3:19"],
  ["input-empty", { "flow.boot": kernel, Image: "" }, "3:19"],
  ["input-unreadable", { "flow.boot": kernel, Image: "loop" }, "3:19"],
  ["input-missing", { "flow.boot": table }, "3:14"],
  ["input-missing", { "flow.boot": flow('include "other.boot"') }, "3:9"],
  ["not-utf8", { "flow.boot": Uint8Array.from([0x23, 0x20, 0xe9, 0x0a]) }, "1:3"],
  ["not-utf8", { "flow.boot": Uint8Array.from([0x1f, 0x8b, 8, 0, 0]) }, "1:2"],
  [
    "not-utf8",
    { "flow.boot": table, "lab.csv": Buffer.from("name\nb\xe4nk", "latin1") },
    "lab.csv:2:2",
  ],
  [
    "name-taken",
    { "flow.boot": flow('file a from "x"\nfile a from "x" as "y"'), x: "x" },
    "4:6",
    "first used here",
  ],
  ["file-name-taken", { "flow.boot": flow('file a from "x"\nfile b from "x"'), x: "x" }, "4:13"],
  [
    "file-name-taken",
    { "flow.boot": flow('file a from "x" as "Xyz"\nfile b from "x" as "xYZ"'), x: "x" },
    "4:20",
    "only in upper and lower case",
  ],
  [
    "file-name-taken",
    {
      "flow.boot": flow(
        'client a { }\nclient b { }\nscript s on tftp "s" for each client { dhcp }',
      ),
    },
    "4:8",
  ],
  [
    "client-shared",
    { "flow.boot": flow('client a { serial "1" }\nclient b { serial "1" }') },
    "4:19",
    "`a` and `b` have the same serial",
  ],
  [
    "client-shared",
    { "flow.boot": flow('client * { serial "1" }\nclient a { }\nclient b { }') },
    "3:19",
  ],
  ["client-shared", { "flow.boot": table, "lab.csv": "name,serial\na,1\na,2\n" }, "lab.csv:3:1"],
  ["board-unknown", { "flow.boot": "board rpi_5\n" }, "1:7", "`rpi_3`"],
  ["board-unknown", { "flow.boot": "board RPI-3\n" }, "1:7", "did you mean `rpi_3`"],
  ["table-no-name", { "flow.boot": table, "lab.csv": "board,serial\nrpi_3,1\n" }, "lab.csv:1:1"],
  [
    "table-width",
    { "flow.boot": table, "lab.csv": "name,serial\r\na,1\r\nb,2,3\r\n" },
    "lab.csv:3:1",
  ],
  [
    "table-column-name",
    { "flow.boot": table, "lab.csv": "name\tserial\na\t1\n" },
    "lab.csv:1:1",
    "commas",
  ],
  ["client-value-missing", { "flow.boot": table, "lab.csv": "name,serial\na,\n" }, "4:25"],
  ["include-cycle", { "flow.boot": 'include "flow.boot"\n' }, "1:9", "flow.boot -> "],
  ["include-cycle", { "flow.boot": 'include "b"\n', b: 'include "./x/../flow.boot"\n' }, "b:1:9"],
  ["unsafe-value", { "flow.boot": used("a; reset") }, "3:26", "used here"],
  ["unsafe-value", { "flow.boot": used("tty1 init=/bin/sh") }, "3:26", "because of a space"],
  ["unsafe-value", { "flow.boot": flow('file a from "x" as "../../etc/passwd"'), x: "x" }, "3:20"],
];

describe.each(["build", "check"] as const)("%s", (command) => {
  it.each(refused.map((row) => ({ code: row[0], row })))("$code", async ({ row }) => {
    const [code, entries, place, said = ""] = row;
    put(entries);
    const before = readdirSync(folder);
    const out = join(folder, "out");
    const rest = command === "build" ? ["-o", out, "--depfile", join(folder, "flow.d")] : [];
    const { stdout, stderr, failed } = await run(command, join(folder, "flow.boot"), ...rest);
    expect(stderr).toMatch(new RegExp(`^error\\[${code}\\]: `));
    expect(stderr.match(/^(?:error|warning)\[/gm)).toHaveLength(1);
    if (place !== undefined) {
      const file = /:.*:/.test(place) ? place : `flow.boot:${place}`;
      expect(stderr).toContain(`--> ${join(folder, file)}\n`);
    }
    expect(stderr).toMatch(/^help: ./m);
    expect(stderr).toContain(said);
    expect({ stdout, failed }).toEqual({ stdout: "", failed: true });
    expect(readdirSync(folder)).toEqual(before);
  });
});

describe("what has to work", () => {
  const bom = "\ufeff";
  const unusual: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
    ["a table with a byte order mark", { "lab.csv": `${bom}name,serial\na,1\nb,2\n` }],
    ["a table with CR LF", { "lab.csv": "name,serial\r\na,1\r\nb,2\r\n" }],
    ["a table with both, and no last line end", { "lab.csv": `${bom}name,serial\r\na,1\r\nb,2` }],
    ["a table with mixed line ends", { "lab.csv": "name,serial\na,1\r\nb,2\n" }],
    [
      "a table with comments and quotes",
      { "lab.csv": '# lab\n\n"name", serial\n a ,"1"\n# b\nb,2\n' },
    ],
    ["a flow with both", { "flow.boot": bom + table.replaceAll("\n", "\r\n") }],
  ];
  it.each(unusual)("%s", async (_, entries) => {
    put({ "flow.boot": table, "lab.csv": "name,serial\na,1\nb,2\n", ...entries });
    const out = join(folder, "out");
    const { stderr, failed } = await run("build", join(folder, "flow.boot"), "-o", out);
    expect({ stderr, failed }).toEqual({ stderr: "", failed: false });
    expect(readdirSync(join(out, "tftp")).sort()).toEqual(["net-1.scr", "net-2.scr"]);
  });
});

describe("check", () => {
  it("says nothing of a good flow, and writes nothing", async () => {
    put({ "flow.boot": kernel, Image: "x" });
    const before = existsSync("out");
    const { stdout, stderr, failed } = await run("check", join(folder, "flow.boot"));
    expect({ stdout, stderr, failed }).toEqual({ stdout: "", stderr: "", failed: false });
    expect(existsSync("out")).toBe(before);
  });

  it("takes parameters, and shows a bad one where it is declared", async () => {
    put({
      "flow.boot": flow('param v "tty1"\nscript s on tftp "s" {\n  bootargs { console {v} }\n}'),
    });
    expect((await run("check", join(folder, "flow.boot"), "-D", "v=tty0")).failed).toBe(false);
    const { stderr } = await run("check", join(folder, "flow.boot"), "-D", "v=a b");
    expect(stderr).toContain(`--> ${join(folder, "flow.boot")}:3:7\n`);
    expect(stderr).toContain("note: the value comes from the command line: -D v=a b\n");
  });

  it("prints JSON for tools", async () => {
    put({ "flow.boot": "board rpi_5\n" });
    const { stdout, stderr, failed } = await run("check", "--json", join(folder, "flow.boot"));
    expect({ stderr, failed }).toEqual({ stderr: "", failed: true });
    expect(JSON.parse(stdout)).toMatchObject({
      diagnostics: [
        {
          code: "board-unknown",
          severity: "error",
          labels: [{ file: join(folder, "flow.boot"), start: { line: 1, column: 7, offset: 6 } }],
        },
      ],
    });
  });
});
