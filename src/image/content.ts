// Content: bytes of a known size that are read in pieces, so that a large payload never has to be
// in memory whole. What holds the bytes (a file, an array, several of both) stays hidden.

/** Bytes of a known size. */
export interface Content {
  /** Length in bytes. */
  readonly size: number;
  /**
   * Reads `length` bytes from `offset`, fewer at the end.
   * The result may share memory with its owner: do not write to it. Where `into` is given, at least
   * `length` long, the result may lie in that, and then lasts until `into` is used again.
   * @throws when the bytes cannot be read any more (a file that was cut or removed meanwhile).
   */
  read(offset: number, length: number, into?: Uint8Array): Uint8Array;
}

/** How much `chunks` reads at a time, in bytes. */
export const CHUNK = 1 << 18;

/** `bytes` as content. */
export function contentOf(bytes: Uint8Array): Content {
  return { size: bytes.length, read: (offset, length) => bytes.subarray(offset, offset + length) };
}

/** `parts` one after the other, without copying them. */
export function concatenate(parts: readonly Content[]): Content {
  const only = parts[0];
  if (parts.length === 1 && only) return only;
  const starts: number[] = [];
  let size = 0;
  for (const part of parts) {
    starts.push(size);
    size += part.size;
  }
  const read: Content["read"] = (offset, length, into) => {
    const end = Math.min(size, offset + length);
    let result: Uint8Array | undefined;
    for (let index = lastUpTo(starts, offset); index < parts.length; index++) {
      const [part, start] = [parts[index], starts[index]];
      if (!part || start === undefined || start >= end) break;
      const from = Math.max(offset, start);
      const to = Math.min(end, start + part.size);
      if (from < to) {
        // Most reads of a large payload lie inside one part: hand its bytes on as they are.
        if (to - from === end - offset) return part.read(from - start, to - from, into);
        result ??= into?.subarray(0, end - offset) ?? new Uint8Array(end - offset);
        result.set(part.read(from - start, to - from), from - offset);
      }
    }
    return result ?? new Uint8Array(0);
  };
  return { size, read };
}

/** The last place in `sorted` whose number is at most `limit`; 0 when there is none. */
function lastUpTo(sorted: readonly number[], limit: number): number {
  let [low, high] = [0, sorted.length];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) <= limit) low = middle;
    else high = middle;
  }
  return low;
}

/** `size` zero bytes, which take no memory. */
export function zeros(size: number): Content {
  return {
    size,
    read: (offset, length) => new Uint8Array(Math.max(0, Math.min(length, size - offset))),
  };
}

/** At most `length` bytes of `whole` from `offset`, without copying them. */
export function slice(whole: Content, offset: number, length = whole.size): Content {
  const start = Math.min(offset, whole.size);
  const size = Math.min(length, whole.size - start);
  return {
    size,
    read: (from, count, into) =>
      whole.read(start + from, Math.max(0, Math.min(count, size - from)), into),
  };
}

/** The bytes of `content` in pieces of at most `CHUNK`, each of which lasts until the next one. */
export function* chunks(content: Content): Generator<Uint8Array> {
  const into = new Uint8Array(Math.min(CHUNK, content.size));
  for (let offset = 0; offset < content.size; offset += CHUNK) {
    yield content.read(offset, into.length, into);
  }
}

/** All bytes of `content` in one array: for small things. */
export function bytesOf(content: Content): Uint8Array {
  return content.read(0, content.size);
}
