// LZ4 frames as U-Boot unpacks them: one frame of blocks that do not refer to each other; checksums are
// not looked at. Governed by lib/lz4_wrapper.c and the LZ4 frame and block formats.

/** What became of it: what was made up to there, and 0 or an error as U-Boot numbers it. */
export interface Unlz4 {
  readonly bytes: Uint8Array;
  readonly status: number;
}

/** EINVAL: cut off, or with bits that nobody may set. */
const INVALID = -22;
/** EPROTO: something that is not a block. */
const BROKEN = -71;
/** EPROTONOSUPPORT: another format, or blocks that depend on each other. */
const UNSUPPORTED = -93;
/** ENOBUFS. */
const FULL = -105;

const MAGIC = 0x184d2204;

/** At most `limit` bytes of the frame at the start of `packed`. */
export function unlz4(packed: Uint8Array, limit: number): Unlz4 {
  const none = (status: number) => ({ bytes: new Uint8Array(0), status });
  if (packed.length < 7) return none(INVALID);
  const view = new DataView(packed.buffer, packed.byteOffset, packed.length);
  const [flags = 0, descriptor = 0] = [packed[4], packed[5]];
  if (view.getUint32(0, true) !== MAGIC || flags >> 6 !== 1) return none(UNSUPPORTED);
  if ((flags & 3) !== 0 || (descriptor & 0x8f) !== 0) return none(INVALID);
  if ((flags & 0x20) === 0) return none(UNSUPPORTED);
  const output = new Output(limit);
  const checksum = flags & 0x10 ? 4 : 0;
  for (let at = flags & 8 ? 15 : 7; ; ) {
    if (at + 4 > packed.length) return output.ended(INVALID);
    const header = view.getUint32(at, true);
    const size = header & 0x7fff_ffff;
    at += 4;
    if (at + size > packed.length) return output.ended(INVALID);
    if (size === 0) return output.ended(0);
    const block = packed.subarray(at, at + size);
    if (header >>> 31) {
      if (!output.add(block)) return output.ended(FULL);
    } else if (!unpackBlock(block, output)) return output.ended(BROKEN);
    at += size + checksum;
  }
}

/** Bytes that grow up to a limit. */
class Output {
  #bytes = new Uint8Array(1 << 16);
  #start = 0;
  #length = 0;

  constructor(private readonly limit: number) {}

  /** From here on a new block refers to nothing before it. */
  block(): void {
    this.#start = this.#length;
  }

  /** As much of `bytes` as there is room for; whether that is all. */
  add(bytes: Uint8Array): boolean {
    const room = Math.min(bytes.length, this.limit - this.#length);
    this.#grow(room);
    this.#bytes.set(bytes.subarray(0, room), this.#length);
    this.#length += room;
    return room === bytes.length;
  }

  /** Repeats `length` bytes from `distance` back, which may overlap what they make. */
  repeat(distance: number, length: number): boolean {
    const from = this.#length - distance;
    if (distance === 0 || from < this.#start || this.#length + length > this.limit) return false;
    this.#grow(length);
    for (let done = 0; done < length; done++) {
      this.#bytes[this.#length + done] = this.#bytes[from + done] as number;
    }
    this.#length += length;
    return true;
  }

  ended(status: number): Unlz4 {
    return { bytes: this.#bytes.subarray(0, this.#length), status };
  }

  #grow(more: number): void {
    if (this.#length + more <= this.#bytes.length) return;
    const bytes = new Uint8Array(2 * (this.#length + more));
    bytes.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = bytes;
  }
}

/** Appends what `block` holds; false: it is damaged, or there is no room. */
function unpackBlock(block: Uint8Array, output: Output): boolean {
  output.block();
  for (let at = 0; at < block.length; ) {
    const token = block[at++] as number;
    const literals = lengthAt(block, at, token >> 4);
    at = literals.at;
    const bytes = block.subarray(at, at + literals.length);
    if (bytes.length < literals.length || !output.add(bytes)) return false;
    at += literals.length;
    if (at === block.length) return true;
    if (at + 2 > block.length) return false;
    const distance = (block[at] as number) | ((block[at + 1] as number) << 8);
    const match = lengthAt(block, at + 2, token & 15);
    at = match.at;
    if (!output.repeat(distance, match.length + 4)) return false;
  }
  return false;
}

/** A length that goes on in the bytes after it when it is 15. */
function lengthAt(block: Uint8Array, from: number, start: number) {
  let [at, length] = [from, start];
  if (start < 15) return { at, length };
  for (let more = 255; more === 255; at++) {
    more = block[at] ?? 0;
    length += more;
  }
  return { at, length };
}
