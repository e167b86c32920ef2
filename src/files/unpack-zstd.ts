// zstd: a file is one frame or several, some of them to be skipped. The library unpacks them and does not
// look at their checksums, so that each frame is found, unpacked and compared here. Leaves out
// decoding. RFC 8878, section 3.1.
import { Decompress } from "fzstd";
import xxhash from "xxhash-wasm";
import { type Content, slice } from "../image/index.js";

/** The library unpacks all that it is given at once, and four bytes can stand for 128 KiB. */
const PIECE = 1 << 10;

const MAGIC = 0xfd2fb528;
const SKIPPABLE = 0x184d2a5;

/** A frame: where it ends, without its checksum, and that. */
interface Frame {
  readonly size: number;
  /** The low half of XXH64 of what it holds. */
  readonly checksum: number | undefined;
}

/** What `packed` holds. @throws `Error` where it is damaged or cut. */
export async function* unpackZstd(packed: Content): AsyncGenerator<Uint8Array> {
  const { create64 } = await xxhash();
  for (let at = 0; at < packed.size; ) {
    const magic = word(packed, at);
    if (magic >>> 4 === SKIPPABLE) {
      at += 8 + word(packed, at + 4);
      if (at > packed.size) throw new Error("is cut");
      continue;
    }
    if (magic !== MAGIC) throw new Error("is followed by something that is not zstd");
    const frame = frameAt(packed, at);
    const hash = create64();
    for (const piece of unpackFrame(slice(packed, at, frame.size))) {
      hash.update(piece);
      yield piece;
    }
    const found = Number(hash.digest() & 0xffff_ffffn);
    if (frame.checksum !== undefined && frame.checksum !== found) {
      throw new Error("is damaged: its checksum is another");
    }
    at += frame.size + (frame.checksum === undefined ? 0 : 4);
  }
}

function* unpackFrame(packed: Content): Generator<Uint8Array> {
  const unpacked: Uint8Array[] = [];
  const stream = new Decompress((piece) => unpacked.push(piece.slice()));
  for (let offset = 0; offset < packed.size; offset += PIECE) {
    const piece = slice(packed, offset, PIECE).read(0, PIECE);
    // A copy with four bytes more at the end: there the library looks for a checksum that it skips.
    stream.push(piece.slice(), false);
    yield* unpacked.splice(0);
  }
}

/** The frame at `at`: header, then blocks, each of which says how long it is. */
function frameAt(packed: Content, at: number): Frame {
  const descriptor = byte(packed, at + 4);
  const single = (descriptor & 0x20) !== 0;
  const dictionary = [0, 1, 2, 4][descriptor & 3] ?? 0;
  const content = [single ? 1 : 0, 2, 4, 8][descriptor >> 6] ?? 0;
  let end = at + 5 + (single ? 0 : 1) + dictionary + content;
  for (let last = false; !last; ) {
    const head = word(packed, end) & 0xff_ffff;
    const isRepeated = ((head >> 1) & 3) === 1;
    last = (head & 1) === 1;
    end += 3 + (isRepeated ? 1 : head >> 3);
    if (end > packed.size) throw new Error("is cut");
  }
  const size = end - at;
  return { size, checksum: (descriptor & 4) === 0 ? undefined : word(packed, end, 4) };
}

/** Four bytes, of which `least` have to be there. */
function word(packed: Content, at: number, least = 3): number {
  const bytes = Buffer.alloc(4);
  const found = packed.read(at, 4);
  if (found.length < least) throw new Error("is cut");
  bytes.set(found);
  return bytes.readUInt32LE(0);
}

function byte(packed: Content, at: number): number {
  const [found] = packed.read(at, 1);
  if (found === undefined) throw new Error("is cut");
  return found;
}
