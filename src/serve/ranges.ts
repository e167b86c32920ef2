// The Range header: one range of bytes. Several at once are answered with the whole file, which a
// server may do. RFC 9110 section 14.

/** Bytes `start` to `end`, `end` excluded. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** What `header` asks for of `size` bytes; undefined: everything. */
export function rangeOf(
  header: string | undefined,
  size: number,
): ByteRange | "unsatisfiable" | undefined {
  const [, first = "", last = ""] = /^bytes=[ \t]*(\d*)-(\d*)[ \t]*$/i.exec(header ?? "") ?? [];
  if (first === "" && last === "") return undefined;
  // `-n` are the last n bytes.
  if (first === "") {
    const length = Math.min(Number(last), size);
    return length === 0 ? "unsatisfiable" : { start: size - length, end: size };
  }
  const start = Number(first);
  const end = last === "" ? size : Math.min(Number(last) + 1, size);
  // Backwards it is no range at all, and ignored.
  if (last !== "" && Number(last) < start) return undefined;
  return start < size ? { start, end } : "unsatisfiable";
}
