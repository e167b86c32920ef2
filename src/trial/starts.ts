// Whether U-Boot starts what is in an image: the virtual board is given the image alone and told to boot
// it, on an old release and on today's. One verdict for whoever asks about images by themselves; what a
// script or a flow does with them is simulated as it is. Left out: a board's own limits, and keys.

import { type Architecture, type Board, findBoard } from "../boards/index.js";
import { hex } from "../ground/index.js";
import { type Content, encodeFdt } from "../image/index.js";
import type { Attempt } from "../lint/index.js";
import { type Ending, simulate } from "../simulator/index.js";

/** What becomes of an image. `unknown`: the virtual board cannot tell, for the reason it gives. */
export interface StartVerdict {
  readonly verdict: "boots" | "refused" | "unknown";
  /** What U-Boot says where it refuses, or what is not simulated. */
  readonly why: string;
  /** The release that says so, where others do not. */
  readonly release?: string;
}

/** What is started. */
export interface ImageStart {
  readonly content: Content;
  /** The architecture of the kernel, as mkimage spells it; undefined where it has none. */
  readonly arch: string | undefined;
  /** `#conf-1` of a FIT; empty for the whole. */
  readonly reference: string;
  /** Whether the image brings a device tree, and an initrd. */
  readonly tree: boolean;
  readonly initrd: boolean;
  /** Where images inside say that they go: the image itself is put elsewhere. */
  readonly loads: readonly number[];
}

/** The releases that are asked: Debian 12's, and the catalogue's. */
const RELEASES = ["2023.01", "2026.10"] as const;

const boards: Readonly<Record<string, string>> = {
  arm: "qemu_arm",
  arm64: "qemu_arm64",
  riscv: "qemu_riscv64",
};

/** Says what `start` comes to. */
export function startVerdict(start: ImageStart): StartVerdict {
  // Without one every board refuses it alike.
  const board = boardFor(start.arch ?? "arm64");
  if (!board) return { verdict: "unknown", why: `${start.arch} architecture is not simulated` };
  const each = RELEASES.map((release) => ({ release, ...onRelease(start, board, release) }));
  const [bad] = each.filter(({ verdict }) => verdict === "refused");
  const [first] = bad ? [bad] : each.filter(({ verdict }) => verdict === "unknown");
  if (!first) return { verdict: "boots", why: "" };
  const alone = each.some(({ verdict }) => verdict !== first.verdict);
  const { verdict, why, release } = first;
  return { verdict, why, ...(alone && { release }) };
}

/** The smallest tree there is, for images that bring none: the board's firmware has one. */
const bareTree = encodeFdt({
  root: { name: "", properties: [], children: [] },
  reservations: [],
  bootCpu: 0,
});

/** Why `board` does not start what is in its memory; undefined where it does, or where nobody knows. */
export function refusalOf({ board, command, given }: Attempt): string | undefined {
  const { ending, console } = simulate(
    { command },
    { board, world: { devices: new Map(), environment: {}, given } },
  );
  return outcomeOf(ending, console).verdict === "refused" ? reasonIn(console) : undefined;
}

function onRelease(start: ImageStart, board: Board, release: string): StartVerdict {
  const at = placeFor(start);
  const treeAt = at - ROOM;
  const image = `${hex(at)}${start.reference}`;
  const command = start.tree
    ? `bootm ${image}`
    : `bootm ${image} ${start.initrd ? image : "-"} ${hex(treeAt)}`;
  const { ending, console } = simulate(
    { command },
    {
      board,
      release,
      world: {
        devices: new Map(),
        environment: {},
        given: [
          { name: "the image", address: at, content: start.content },
          { name: "a tree", address: treeAt, content: bareTree },
        ],
      },
    },
  );
  return outcomeOf(ending, console);
}

function outcomeOf(ending: Ending, console: string): StartVerdict {
  if (ending.kind === "unknown-command") {
    return { verdict: "unknown", why: `${ending.name} is not simulated` };
  }
  const wrong = ending.kind === "booted" ? ending.kernel.wrong : undefined;
  if (ending.kind === "booted" && wrong === undefined) return { verdict: "boots", why: "" };
  return { verdict: "refused", why: reasonIn(console) };
}

/** Why U-Boot gave up: the first line that complains, since others only follow from it. */
function reasonIn(console: string): string {
  const lines = console.split("\n").map((line) => line.trim());
  const complains =
    /error|ERR_|\b(?:bad|fail|failed|no|not|cannot|can't|invalid|wrong|requires?)\b|un(?:supported|implemented|known)|too large/i;
  const said = lines.filter((line) => line !== "" && !listed.test(line));
  return said.find((line) => complains.test(line)) ?? said.at(-1) ?? "U-Boot says nothing";
}

/** What is printed of an image before it is tried, with names and descriptions out of it. */
const listed =
  /^(?:Description|Created|Type|Compression|Architecture|OS|Load Address|Entry Point|Timestamp|(?:Data|Image|Hash|Sign) \w+): /;

/** Between the image and what is put below it, bytes. */
const ROOM = 0x10_0000;
const MiB = 0x10_0000;

/** High in the memory of `boardFor`, and away from where images inside go. */
function placeFor({ content, loads }: ImageStart): number {
  const room = content.size + 2 * ROOM;
  const clear = (at: number) =>
    loads.every((load) => load + 256 * MiB <= at - ROOM || load >= at + room);
  const places = [0xa000_0000, 0x6000_0000, 0x2000_0000, 0xc000_0000];
  return places.find(clear) ?? 0xa000_0000;
}

/** A board that has memory wherever an image may want to go, and every unpacker there is. */
function boardFor(arch: string): Board | undefined {
  const id = Object.hasOwn(boards, arch) ? boards[arch] : undefined;
  const board = id === undefined ? undefined : findBoard(id);
  if (!board) return undefined;
  const { memory, limits, images } = board;
  return {
    ...board,
    arch: board.arch as Architecture,
    memory: { ...memory, base: 0, size: 0x1_0000_0000, reserved: [] },
    limits: { ...limits, bootmLen: 256 * MiB },
    images: {
      ...images,
      legacy: true,
      fit: true,
      verified: false,
      timestampRequired: false,
      compressions: ["gzip", "bzip2", "lzma", "lzo", "lz4", "zstd"],
    },
  };
}
