// The memory of the virtual board: what lies where, and what it is. Contents are referred to, not
// copied; bytes that nobody wrote are a thing of their own, since on a board they are anything.
import { type Content, concatenate, contentOf, slice, zeros } from "../image/index.js";

/** Where bytes in memory come from. */
export interface Origin {
  /** As a person calls it: the name of a file, `linux-rpi3.uImage unpacked`, `fdt set`. */
  readonly name: string;
  /** Counts what was written, from 1: two loads of one file are two things. */
  readonly load: number;
  /** Why it is not what it should be: a transfer that broke off, or a file that is not whole. */
  readonly flaw?: string;
}

/** Bytes side by side in memory that come from one thing. */
export interface Piece {
  readonly address: number;
  readonly content: Content;
  readonly origin: Origin;
  /** Where in what they come from they begin, bytes. */
  readonly offset: number;
}

/** A stretch of memory as it was read. */
export interface Reading {
  /** All bytes; those that nobody wrote are zero. */
  readonly content: Content;
  /** What lies there, ascending. */
  readonly pieces: readonly Piece[];
  /** How many of the bytes nobody wrote. */
  readonly unwritten: number;
  /** What was to be loaded here after what lies here, and did not come. */
  readonly missed?: string;
}

/** A stretch of memory that was written. */
export interface Write {
  readonly address: number;
  /** Bytes. */
  readonly size: number;
  readonly name: string;
}

/** After the last address that a number can tell from the next: no board has memory there. */
const END = 2 ** 52;

/** Memory that is as large as addresses are. */
export class Memory {
  /** Ascending, without overlap. */
  #pieces: Piece[] = [];
  #loads = 0;
  /** By address: what was to be loaded there last and did not come. */
  readonly #misses = new Map<number, Origin>();
  /** Is told of every write. */
  watch: ((write: Write) => void) | undefined;

  /** An origin of its own for something that is going to be written. */
  origin(name: string, flaw?: string): Origin {
    this.#loads += 1;
    return { name, load: this.#loads, ...(flaw === undefined ? {} : { flaw }) };
  }

  /** An origin for what is made of bytes that were read: it is no better than they are. */
  made(name: string, ...of: readonly Reading[]): Origin {
    return this.origin(
      name,
      of.map(flawOf).find((flaw) => flaw !== undefined),
    );
  }

  /** Writes `content`, which must not change any more, to `address`. */
  write(address: number, content: Content, origin: Origin, offset = 0): void {
    if (content.size === 0 || address >= END) return;
    this.watch?.({ address, size: content.size, name: origin.name });
    this.forget(address, content.size);
    this.#pieces.push({ address, content, origin, offset });
    this.#pieces.sort((a, b) => a.address - b.address);
  }

  /** Notes that `name` was to be loaded to `address` and did not come, or not all of it. */
  miss(address: number, name: string): void {
    this.#misses.set(address, this.origin(name));
  }

  /** Moves `size` bytes, as memmove does: they stay what they are. */
  move(from: number, to: number, size: number): void {
    const { pieces } = this.read(from, size);
    const missed = pieces.map((piece) => this.#missedFor(piece));
    this.forget(to, size);
    for (const [index, { address, content, origin, offset }] of pieces.entries()) {
      this.write(address - from + to, content, origin, offset);
      const miss = missed[index];
      if (miss) this.#misses.set(address - from + to, miss);
    }
  }

  /** Calls what lies in `size` bytes from `address` a part of what it comes from: `os.itb:linux`. */
  call(address: number, size: number, part: string): void {
    const end = address + size;
    this.#pieces = this.#pieces.flatMap((piece) => [
      ...cut(piece, 0, address),
      ...cut(piece, address, end).map((inside) => ({ ...inside, origin: partOf(inside, part) })),
      ...cut(piece, end, Number.POSITIVE_INFINITY),
    ]);
  }

  /** Makes `size` bytes from `address` such that nobody wrote. */
  forget(address: number, size: number): void {
    this.#pieces = this.#pieces.flatMap((piece) => [
      ...cut(piece, 0, address),
      ...cut(piece, address + size, Number.POSITIVE_INFINITY),
    ]);
  }

  /** What lies from `address` on without a gap, at most `size` bytes. */
  stretch(address: number, size: number): Reading {
    let end = address;
    for (const piece of this.#pieces) {
      if (piece.address > end) break;
      end = Math.max(end, piece.address + piece.content.size);
    }
    return this.read(address, Math.min(size, end - address));
  }

  /** What lies in `size` bytes from `address`. */
  read(address: number, size: number): Reading {
    if (address >= END) return { content: zeros(size), pieces: [], unwritten: size };
    const pieces = this.#pieces.flatMap((piece) => cut(piece, address, address + size));
    const parts: Content[] = [];
    let at = address;
    let unwritten = 0;
    for (const piece of pieces) {
      if (piece.address > at) parts.push(zeros(piece.address - at));
      unwritten += piece.address - at;
      parts.push(piece.content);
      at = piece.address + piece.content.size;
    }
    unwritten += address + size - at;
    if (at < address + size) parts.push(zeros(address + size - at));
    return {
      content: concatenate(parts.length > 0 ? parts : [contentOf(none)]),
      pieces,
      unwritten,
      ...this.#missedIn(pieces),
    };
  }

  #missedIn(pieces: readonly Piece[]): { readonly missed?: string } {
    for (const piece of pieces) {
      const miss = this.#missedFor(piece);
      if (miss) return { missed: miss.name };
    }
    return {};
  }

  /** What was to be loaded over `piece`, or over what it is a part of, and did not come. */
  #missedFor({ address, content, offset, origin }: Piece): Origin | undefined {
    for (const [at, miss] of this.#misses) {
      const inside = at >= address - offset && at < address + content.size;
      if (inside && miss.load > origin.load) return miss;
    }
    return undefined;
  }
}

const none = new Uint8Array(0);

function partOf({ origin }: Piece, part: string): Origin {
  const { name } = origin;
  return name.endsWith(`:${part}`) ? origin : { ...origin, name: `${name}:${part}` };
}

/** The part of `piece` between two addresses, if there is one. */
function cut(piece: Piece, start: number, end: number): Piece[] {
  const { address, content, offset } = piece;
  const from = Math.max(address, start);
  const to = Math.min(address + content.size, end);
  if (from >= to) return [];
  if (from === address && to === address + content.size) return [piece];
  const part = slice(content, from - address, to - from);
  return [{ ...piece, address: from, content: part, offset: offset + from - address }];
}

/** The names of what was read. */
export const namesIn = ({ pieces }: Reading): readonly string[] => [
  ...new Set(pieces.map(({ origin }) => origin.name)),
];

/** Why what is made of the bytes is not what it should be; undefined when all is well. */
export function flawOf({ pieces, unwritten }: Reading): string | undefined {
  const origins = pieces.map(({ origin }) => origin);
  const loads = new Set(origins.map(({ load }) => load));
  if (loads.size > 1) return `made of bytes of ${origins.map(({ name }) => name).join(" and ")}`;
  if (loads.size === 0 && unwritten > 0) return "made of memory that nobody wrote";
  return origins.find(({ flaw }) => flaw)?.flaw;
}
