// Looking at and changing memory. Numbers in it are as the processor has them. Left out: tests of
// the memory, loops, and changing it by hand. Governed by cmd/mem.c.
import type { Run, ShellCommand } from "../../hush/index.js";
import { type Content, contentOf, viewOf } from "../../image/index.js";
import type { Family, Machine } from "../machine.js";
import { hex, hexadecimal } from "../numbers.js";

/** `md`, `mw`, `cp`, `cmp` and `base`. */
export const memoryCommands: Family = (machine) => {
  let base = 0;
  /** How many objects `md` showed last. */
  let shown = 0x40;
  const sized = (name: string, run: Sized, maxargs: number): [string, ShellCommand] => [
    name,
    {
      run: (args, _shell, called) =>
        args.length === 0 ? "usage" : runSized(called, (width) => run(machine, args, width, base)),
      maxargs,
    },
  ];
  return {
    ...Object.fromEntries([
      sized(
        "md",
        (each, [from, count], width, offset) => {
          shown = count === undefined ? shown : hexadecimal(count);
          return display(each, from, shown * width, { width, base: offset });
        },
        3,
      ),
      sized("mw", fill, 4),
      sized("cp", copy, 4),
      sized("cmp", compare, 4),
    ]),
    base: {
      run: ([value]) => {
        if (value !== undefined) base = hexadecimal(value);
        machine.print(`Base Address: 0x${hex(base, 8)}\n`);
        return 0;
      },
      maxargs: 2,
    },
  };
};

type Sized = (
  machine: Machine,
  args: readonly string[],
  width: number,
  base: number,
) => ReturnType<Run>;

const widths: Readonly<Record<string, number>> = { b: 1, w: 2, l: 4, q: 8 };

/** `md.b` and its like: the letter after the dot is a size in bytes, four without it. */
function runSized(called: string, run: (width: number) => ReturnType<Run>): ReturnType<Run> {
  const suffix = /\.(.)$/.exec(called)?.[1];
  const width = suffix === undefined ? 4 : widths[suffix];
  return width === undefined ? 1 : run(width);
}

/** More than a board has of it: what is there is not the world's matter. */
export function isBeyond(machine: Machine, size: number): boolean {
  if (size <= machine.board.memory.size) return false;
  machine.end({ kind: "undefined", why: "a command goes beyond the memory of the board" });
  return true;
}

const littleEndian = ({ board }: Machine) => board.arch !== "ppc";

function numberAt(view: DataView, at: number, width: number, little: boolean): bigint {
  if (width === 8) return view.getBigUint64(at, little);
  if (width === 4) return BigInt(view.getUint32(at, little));
  return BigInt(width === 2 ? view.getUint16(at, little) : view.getUint8(at));
}

function display(
  machine: Machine,
  from: string | undefined,
  size: number,
  { width, base }: { readonly width: number; readonly base: number },
): ReturnType<Run> {
  if (from === undefined) return "usage";
  if (isBeyond(machine, size)) return 1;
  const start = hexadecimal(from) + base;
  for (let at = 0; at < size && !machine.shell.outcome; at += 16) {
    const length = Math.min(16, size - at);
    machine.print(line(machine, start + at, length, width));
  }
  return 0;
}

function line(machine: Machine, address: number, length: number, width: number): string {
  const bytes = machine.memory.read(address, length).content.read(0, length);
  const view = viewOf(bytes);
  const numbers = Array.from({ length: length / width }, (_, index) =>
    numberAt(view, index * width, width, littleEndian(machine))
      .toString(16)
      .padStart(2 * width, "0"),
  );
  const gap = " ".repeat((16 / width - numbers.length) * (2 * width + 1));
  const text = [...bytes].map((byte) =>
    byte >= 32 && byte < 127 ? String.fromCharCode(byte) : ".",
  );
  return `${hex(address, 8)}: ${numbers.join(" ")}${gap}  ${text.join("")}\n`;
}

function fill(
  machine: Machine,
  args: readonly string[],
  width: number,
  base: number,
): ReturnType<Run> {
  const [to, value, count = "1"] = args;
  if (to === undefined || value === undefined) return "usage";
  const size = hexadecimal(count) * width;
  if (isBeyond(machine, size)) return 1;
  const { memory } = machine;
  const pattern = encode(
    BigInt(`0x${value.replace(/^0x/i, "").match(/^[0-9a-f]+/i)?.[0] ?? 0}`),
    width,
    machine,
  );
  memory.write(hexadecimal(to) + base, repeated(pattern, size), memory.origin("mw"));
  return 0;
}

function encode(value: bigint, width: number, machine: Machine): Uint8Array {
  const bytes = new Uint8Array(8);
  const little = littleEndian(machine);
  new DataView(bytes.buffer).setBigUint64(0, BigInt.asUintN(8 * width, value), little);
  return little ? bytes.slice(0, width) : bytes.slice(8 - width);
}

/** `size` bytes of `pattern` over and over, which take no memory. */
function repeated(pattern: Uint8Array, size: number): Content {
  if (size <= pattern.length) return contentOf(pattern.subarray(0, size));
  const read: Content["read"] = (offset, length) => {
    const bytes = new Uint8Array(Math.max(0, Math.min(length, size - offset)));
    for (let at = 0; at < bytes.length; at++)
      bytes[at] = pattern[(offset + at) % pattern.length] ?? 0;
    return bytes;
  };
  return { size, read };
}

function copy(
  machine: Machine,
  args: readonly string[],
  width: number,
  base: number,
): ReturnType<Run> {
  const [from, to, count] = args;
  if (from === undefined || to === undefined || count === undefined) return "usage";
  const size = hexadecimal(count) * width;
  if (size === 0) {
    machine.print("Zero length ???\n");
    return 1;
  }
  if (isBeyond(machine, size)) return 1;
  const [source, target] = [hexadecimal(from) + base, hexadecimal(to) + base];
  // It was memcpy, which may go over what it has yet to read.
  if (!machine.shell.since("2024.04") && target > source && target < source + size) {
    machine.end({ kind: "undefined", why: "cp copies to where it still reads" });
    return 1;
  }
  machine.memory.move(source, target, size);
  return 0;
}

const nouns: Readonly<Record<number, string>> = {
  1: "byte",
  2: "halfword",
  4: "word",
  8: "double word",
};

function compare(
  machine: Machine,
  args: readonly string[],
  width: number,
  base: number,
): ReturnType<Run> {
  const [first, second, count] = args;
  if (first === undefined || second === undefined || count === undefined) return "usage";
  const size = hexadecimal(count) * width;
  if (isBeyond(machine, size)) return 1;
  const [a, b] = [hexadecimal(first) + base, hexadecimal(second) + base];
  const [left, right] = [a, b].map((at) => machine.memory.read(at, size).content) as [
    Content,
    Content,
  ];
  const at = difference(left, right);
  const same = at === undefined ? size / width : Math.floor(at / width);
  const noun = nouns[width] as string;
  if (at !== undefined) {
    const [x, y] = [left, right].map((each) => {
      const view = viewOf(each.read(same * width, width));
      const number = numberAt(view, 0, width, littleEndian(machine));
      // As wide as a word has bytes, 0x included.
      return number.toString(16).padStart(width - 2, "0");
    });
    const [where, other] = [a, b].map((each) => `0x${hex(each + same * width, 8)}`);
    machine.print(`${noun} at ${where} (0x${x}) != ${noun} at ${other} (0x${y})\n`);
  }
  machine.print(`Total of ${same} ${noun}(s) were the same\n`);
  return at === undefined ? 0 : 1;
}

const PIECE = 1 << 16;

/** Where the first byte is that is not the same. */
function difference(a: Content, b: Content): number | undefined {
  for (let offset = 0; offset < a.size; offset += PIECE) {
    const [left, right] = [a.read(offset, PIECE), b.read(offset, PIECE)];
    const at = left.findIndex((byte, index) => byte !== right[index]);
    if (at >= 0) return offset + at;
  }
  return undefined;
}
