// Flows and tables that were damaged at random, through the whole compiler: it never throws, never
// drowns the reader, and every finding has a place that is there. `--mode soak` tries a million.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { compile } from "../../src/compile.js";
import { type Diagnostic, render } from "../../src/diagnostics/index.js";
import { type Content, contentOf, types, uimageHeader } from "../../src/image/index.js";
import { runs } from "../tools/runs.js";
import { filesOf } from "./inputs.js";
import { wordsOf } from "./words.js";

const soak = process.env.MODE === "soak";
const RUNS = soak ? 1_000_000 : runs(10_000);
/** How many findings one damaged flow may have. */
const MOST = 1000;

const root = join(import.meta.dirname, "../..");
const originals = ["examples", "test/errors"].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".boot"))
    .map((name) => readFileSync(join(root, folder, name), "utf8")),
);
const tables = ['name,serial,console\nbench-1,1234,"ttyS1,115200"\nbench-2,5678,tty1\n'];
const lists = [
  '[{ "name": "bench-1", "serial": "1234" }, { "name": "b", "serial": "5", "slot": 2 }]',
];
const tokens = (
  "board server param kernel dtb initrd file nfsroot client clients script include from as uimage at " +
  "on for each dhcp network static ping load to chain boot with bootargs console root ip set unset save " +
  "if else try retry forever pause print sleep run fail reset poweroff shell uboot not and or defined " +
  'exists firmware { } ( ) " , = == != < <= # $ ${ ${serial#} {client.name} {x} * \\ 0x80000 2s 3 0:1 ' +
  "192.168.0.1 512M constructor __proto__ é \u00a0 \ud83d \u202e ' \0 - _ . / \r \t"
).split(" ");

/** Numbers from a seed, the same ones every time (mulberry32). */
function generator(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296) * below);
  };
}

type Random = (below: number) => number;
const pick = (random: Random, from: readonly string[]) => from[random(from.length)] ?? "";

/** The ways to damage a text, given a stretch of it. */
const damages: readonly ((text: string, a: number, b: number, random: Random) => string)[] = [
  (text, a, b) => text.slice(0, a) + text.slice(b),
  (text, a, b) => text.slice(0, b) + text.slice(a),
  (text, a) => text.slice(0, a),
  (text, a, _, random) => `${text.slice(0, a)}${pick(random, tokens)}${text.slice(a)}`,
  (text, a, _, random) => `${text.slice(0, a)} ${pick(random, tokens)} ${text.slice(a)}`,
  (text, a, b, random) => text.slice(0, a) + pick(random, tokens) + text.slice(b),
  (text, a, _, random) => text.slice(0, a) + String.fromCharCode(random(0x180)) + text.slice(a + 1),
  (text, a, b, random) => text.slice(0, a) + text.slice(a, b).repeat(random(40)) + text.slice(b),
  (text, a, b) => text.slice(0, a) + [...text.slice(a, b)].reverse().join("") + text.slice(b),
  (text, a, b, random) => {
    const other = pick(random, originals);
    const from = random(other.length);
    return text.slice(0, a) + other.slice(from, from + random(200)) + text.slice(b);
  },
  (text) => text.replaceAll("\n", "\r\n"),
];

function damaged(text: string, random: Random): string {
  let result = text;
  for (let count = 1 + random(6); count > 0; count--) {
    const start = random(result.length + 1);
    const end = Math.min(result.length, start + 1 + random(random(10) === 0 ? 200 : 12));
    result = damages[random(damages.length)]?.(result, start, end, random) ?? result;
  }
  return result.slice(0, 20_000);
}

function expectSound({ labels, ...rest }: Diagnostic) {
  for (const { span } of labels) {
    const { start, end, source } = span;
    const sound = start >= 0 && start <= end && end <= source.text.length + 1;
    if (!sound) throw new Error(`${rest.code}: a place that is not there, ${start}..${end}`);
  }
  render({ labels, ...rest }, { width: 80, color: true });
}

const SCRIPT = types.idOf("script");
const shared = filesOf("-");
const known = new Map<string, ReturnType<typeof shared.open>>();

function open(path: string) {
  const before = known.get(path) ?? shared.open(path);
  known.set(path, before);
  return before;
}

/** Compiles what `seed` makes. @throws when anything about the result is not sound. */
function tried(seed: number): void {
  const random = generator(seed);
  const flow = damaged(pick(random, originals), random);
  const files: Readonly<Record<string, string>> = {
    "flow.boot": flow,
    "lab.csv": random(2) === 0 ? pick(random, tables) : damaged(pick(random, tables), random),
    "lab.json": random(2) === 0 ? pick(random, lists) : damaged(pick(random, lists), random),
  };
  const text = (path: string): Content | undefined => {
    const held = files[path] ?? (path.endsWith(".boot") ? pick(random, originals) : undefined);
    return held === undefined ? undefined : contentOf(new TextEncoder().encode(held));
  };
  const { artifacts = [], diagnostics } = compile("flow.boot", {
    files: { open: (path) => text(path) ?? open(path) },
    parameters: random(4) === 0 ? { console: "tty1" } : {},
  });
  expect(diagnostics.length).toBeLessThan(MOST);
  for (const diagnostic of diagnostics) expectSound(diagnostic);
  for (const { content, madeFrom } of artifacts) {
    const { size } = content;
    // Scripts, and not what servers are set up with or what a FIT is made from.
    const isScript = uimageHeader.decode(content.read(0, uimageHeader.size))?.type === SCRIPT;
    if (!isScript || !madeFrom.includes("flow.boot") || /uboot/.test(flow)) continue;
    wordsOf(new TextDecoder().decode(content.read(72, size - 72)));
  }
}

it("survives anything", { timeout: soak ? 24 * 3_600_000 : 120_000 }, () => {
  for (let seed = 1; seed <= RUNS; seed++) {
    try {
      tried(seed);
    } catch (error) {
      throw new Error(`seed ${seed}`, { cause: error });
    }
  }
});
