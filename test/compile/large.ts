// Flows and inputs that are too large or too deep, and the code that each is refused with.
import { MOST } from "../../src/files/index.js";

/** A flow, what lies beside it, and which of that has two GiB. */
export type Row = readonly [
  what: string,
  code: string,
  flow: string,
  held?: Readonly<Record<string, string>>,
  huge?: readonly string[],
];

export const board = "board qemu_arm64\nserver 10.0.2.2\n";
export const inScript = (body: string) => `${board}script a on tftp "a.scr" {\n${body}\n}\n`;
const firmware = 'board rpi_3\nserver 10.0.2.2\nfirmware on sdcard { files from "fw" }\n';

const doubling = Array.from({ length: 31 }, (_, at) => `param p${at + 1} = "{p${at}}{p${at}}"\n`);
const chain = Object.fromEntries(
  Array.from({ length: 20_000 }, (_, at) => [`i${at}.boot`, `include "i${at + 1}.boot"\n`]),
);
const many = Object.fromEntries(Array.from({ length: 2000 }, (_, at) => [`i${at}.boot`, "#\n"]));
const includes = Object.keys(many).map((name) => `include "${name}"\n`);

export const rows: readonly Row[] = [
  ["parameters that double", "text-too-long", `${board}param p0 = "x"\n${doubling.join("")}`],
  ["a text", "text-too-long", inScript(`print "${"x".repeat(3_000_000)}"`)],
  ["a flow", "source-too-large", inScript(`print "${"x".repeat(10_000_000)}"`)],
  ["statements", "too-many", inScript("dhcp\n".repeat(MOST.statements + 1))],
  ["statements in blocks", "too-many", inScript("try { dhcp\n dhcp\n }\n".repeat(10_000))],
  [
    "arguments",
    "too-many",
    inScript(`bootargs { ${'"a" '.repeat(10_000)}\n${'"a"\n'.repeat(10_000)} }`),
  ],
  [
    "scripts",
    "too-many",
    board + Array.from({ length: 3000 }, (_, at) => `script s${at} on tftp "${at}" { }\n`).join(""),
  ],
  ["a chain of includes", "too-many", `${board}include "i0.boot"\n`, chain],
  ["included files", "too-many", board + includes.join(""), many],
  ["a key", "source-too-large", `${board}sign "key.pem"\n`, {}, ["key.pem"]],
  ["a table", "source-too-large", `${board}clients from "c.csv"\n`, {}, ["c.csv"]],
  ["an included file", "source-too-large", `${board}include "i.boot"\n`, {}, ["i.boot"]],
  ["config.txt", "source-too-large", firmware, {}, ["fw/config.txt"]],
  ["CMDLINE.TXT", "source-too-large", firmware, {}, ["fw/CMDLINE.TXT"]],
  ["bootconf.txt", "source-too-large", 'board rpi_4\neeprom from "b.txt" { }\n', {}, ["b.txt"]],
  [
    "a cell of a table",
    "table-unreadable",
    `${board}clients from "c.csv"\n`,
    { "c.csv": `name,a\nc,"${"x".repeat(10_000_000)}"\n` },
  ],
  [
    "a value of a table",
    "text-too-long",
    `${board}clients from "c.csv"\n`,
    { "c.csv": `name,a\nc,${"x".repeat(5000)}\n` },
  ],
  [
    "a value in JSON",
    "text-too-long",
    `${board}clients from "c.json"\n`,
    { "c.json": `[{"name":"c","a":"${"\\n".repeat(5_000_000)}"}]` },
  ],
  [
    "lists in JSON",
    "table-not-a-list",
    `${board}clients from "c.json"\n`,
    { "c.json": "[".repeat(1_000_000) },
  ],
  ["parentheses", "nested-too-deep", inScript(`if ${"(".repeat(30_000)}defined a`)],
  ["not", "nested-too-deep", inScript(`if ${"not ".repeat(15_000)}defined a { }`)],
  ["blocks", "nested-too-deep", inScript("try {\n".repeat(30_000) + "}\n".repeat(30_000))],
];
