// How well a script is imported: it and the flow it becomes are run in the same worlds, in which one thing
// or another is missing, and where each ends is compared; and how many of its commands have a statement.
import { type Board, findBoard } from "../../src/boards/index.js";
import { compile } from "../../src/compile.js";
import { memoryFiles } from "../../src/files/index.js";
import { bytesOf, contentOf, crc32, encodeUImage } from "../../src/image/index.js";
import { importFlow } from "../../src/import/index.js";
import { readScripts } from "../../src/lint/index.js";
import { type Ending, type Start, simulate } from "../../src/simulator/index.js";
import { contentFor, generous, type Lack } from "./generous.js";

/** A world, and where the two end in it. */
export interface Difference {
  readonly world: string;
  readonly original: string;
  readonly imported: string;
}

/** What became of a script. */
export interface Measured {
  readonly flow: string;
  readonly commands: number;
  readonly recognised: number;
  /** Why the flow does not compile: codes. */
  readonly errors: readonly string[];
  /** In how many worlds the two were run. */
  readonly worlds: number;
  readonly differences: readonly Difference[];
}

/** More worlds than this for one script tell nothing new. */
const MOST_OF_A_KIND = 12;

/** The board that a script without a name for it is for, by how it boots. */
export function boardFor(text: string): Board {
  const id = /\bzboot\b/.test(text)
    ? "qemu-x86_64"
    : /\bbooti\b/.test(text)
      ? "pine64_plus"
      : /\bbootz\b/.test(text)
        ? "orangepi_pc"
        : "rpi_4";
  return findBoard(id) as Board;
}

/** Imports `text`, and runs both; a text when there is no script in it. */
export function measure(name: string, text: string): Measured | string {
  const found = readScripts(name, contentOf(new TextEncoder().encode(text)));
  if (typeof found === "string" || !found[0]) return `${found}`;
  const board = boardFor(text);
  const { text: flow, commands, recognised } = importFlow(found[0], { board: board.id });
  const counted = { flow, commands, recognised };
  const { artifacts, diagnostics } = compile("flow.boot", {
    files: memoryFiles({ "flow.boot": flow, ...inputsOf(flow, board) }),
  });
  const image = artifacts?.find((each) => each.name === "boot.scr")?.content;
  if (!image) {
    const wrong = diagnostics.filter(({ severity }) => severity === "error");
    const errors = wrong.map(({ code, message }) => `${code}: ${message}`);
    return { ...counted, errors, worlds: 0, differences: [] };
  }
  // Of `dhcp` alone the flow says that it loads no file: the rest is compared.
  const leased: Lack["environment"] = /^# - `dhcp` only/m.test(flow) ? { autoload: "no" } : {};
  return { ...counted, errors: [], ...compared(text, { image, name: "boot.scr" }, board, leased) };
}

/** What the declarations of `flow` name, as the boards find it. */
function inputsOf(flow: string, board: Board): Readonly<Record<string, Uint8Array>> {
  const declared = flow.matchAll(/^(?:kernel|dtb|initrd|file|overlay) \S+ from "([^"]+)"/gm);
  return Object.fromEntries(
    [...declared].map(([, name = ""]) => [name, bytesOf(contentFor(name, board))]),
  );
}

function compared(
  text: string,
  image: Start,
  board: Board,
  found: Lack["environment"],
): Pick<Measured, "worlds" | "differences"> {
  // As the board finds it, so that it lies in memory as the other does.
  const { image: script } = encodeUImage({
    ...{ type: "script", arch: board.arch },
    payload: contentOf(new TextEncoder().encode(text)),
  });
  const original: Start = script ? { image: script, name: "boot.scr" } : { text, name: "boot.cmd" };
  const fileSystem = /\bfatload\b/.test(text) ? "fat" : "ext4";
  const assumed = assumedFor(original, image, board);
  const differences: Difference[] = [];
  const worlds = worldsFor(original, board, text, { assumed, fileSystem });
  for (const [world, different] of worlds) {
    const environment = { ...found, ...different.environment };
    const lack = { assumed, fileSystem, ...different, environment } as const;
    const [before, after] = [original, image].map((start) => endOf(start, board, lack));
    if (before !== after) {
      differences.push({ world, original: `${before}`, imported: `${after}` });
    }
  }
  return { worlds: worlds.length, differences };
}

/** Commands that end a simulation, taken for ones that succeed. */
function assumedFor(original: Start, image: Start, board: Board): ReadonlyMap<string, number> {
  const assumed = new Map<string, number>();
  for (let round = 0; round < MOST_OF_A_KIND; round++) {
    const before = assumed.size;
    for (const start of [original, image]) {
      const { ending } = run(start, board, { assumed });
      if (ending.kind === "unknown-command") assumed.set(ending.name, 0);
    }
    if (assumed.size === before) break;
  }
  return assumed;
}

function worldsFor(
  original: Start,
  board: Board,
  text: string,
  base: Lack,
): readonly (readonly [string, Lack])[] {
  const { world, asked } = generous(board, base);
  const { assumed = new Map<string, number>() } = base;
  simulate(original, { board, world, limits: LIMITS });
  const compared = [...text.matchAll(/x?\$\{?(\w+)\}?"?\s+=\s+"?x?([\w./:,-]*)/g)];
  const pairs = compared.map(([, name = "", value = ""]) => [name, value] as const);
  const imported = Object.fromEntries(pairs);
  const some = [...asked].slice(0, MOST_OF_A_KIND);
  return [
    ["everything is there", {}],
    ["nothing is there", { missing: true }],
    ["no network", { unplugged: true }],
    [
      "commands that are not simulated fail",
      { assumed: new Map([...assumed.keys()].map((each) => [each, 1])) },
    ],
    ["texts set what is asked for", { imported: { ...EXTRAS, ...imported } }],
    ["the environment has what is asked for", { environment: { ...EXTRAS, ...imported } }],
    ...some.map((name): [string, Lack] => [`${name} is missing`, { missing: new Set([name]) }]),
    ...some.map((name): [string, Lack] => [`${name} is damaged`, { damaged: new Set([name]) }]),
    ...pairs
      .slice(0, MOST_OF_A_KIND)
      .map(([name, value]): [string, Lack] => [
        `${name} is ${value}`,
        { environment: { [name]: value } },
      ]),
  ];
}

/** What texts for `env import` often set. */
const EXTRAS: Readonly<Record<string, string>> = {
  overlays: "one two",
  user_overlays: "mine",
  overlay_prefix: "made-up",
  fdtfile: "board.dtb",
  rootdev: "/dev/mmcblk0p2",
  extraargs: "quiet",
};

const LIMITS = { steps: 20_000, output: 200_000 };

function run(start: Start, board: Board, lack: Lack) {
  const { world } = generous(board, lack);
  return simulate(start, { board, world, limits: LIMITS });
}

/** One line for where `start` ends: the same for two ends that nobody could tell apart. */
export function endOf(start: Start, board: Board, lack: Lack): string {
  return endText(run(start, board, lack).ending);
}

function endText(ending: Ending): string {
  switch (ending.kind) {
    case "booted": {
      const { kernel, dtb, initrd, bootargs } = ending;
      const parts = { kernel, dtb, initrd };
      const said = Object.entries(parts).map(([what, handed]) =>
        handed
          ? `${what} ${handed.wrong ?? ""}${crc32(bytesOf(handed.content)).toString(16)}`
          : `no ${what}`,
      );
      return `boots ${said.join(", ")} with ${bootargs?.trim().replace(/\s+/g, " ")}`;
    }
    case "prompt":
      return `prompt ${ending.status === 0 ? 0 : 1}`;
    case "reset":
    case "hang":
    case "undefined":
      return `${ending.kind}: ${ending.why}`;
    case "search":
      return `search by ${ending.by}`;
    case "limit":
      return `limit of ${ending.limit}`;
    case "unknown-command":
      return `unknown: ${ending.name}`;
    case "poweroff":
      return "poweroff";
  }
}
