// Reads legacy images, whole or damaged: every kind of damage has its own problem, and no bytes
// whatever make the reader throw or use more than a little memory.
// The format is in uimage.ts; what a target checks itself is in U-Boot's boot/image.c.
import { crcOf } from "../checksum.js";
import { type Content, slice } from "../content.js";
import { architectures, compressions, operatingSystems, types } from "../ids.js";
import { hex, viewOf } from "../layout.js";
import {
  hasLengthTable,
  headerCrcOf,
  MAX_PARTS,
  paddingAfter,
  UIMAGE_MAGIC,
  type UImageHeader,
  uimageHeader,
} from "./uimage.js";

/** A file inside an image. */
export interface UImagePart {
  /** From the start of the image, in bytes. */
  readonly offset: number;
  readonly content: Content;
}

/** `damage`: U-Boot refuses or misreads such an image; `remark`: it does not care. */
const severities = {
  "header-truncated": "damage",
  "bad-magic": "damage",
  "header-crc": "damage",
  "data-truncated": "damage",
  "data-crc": "damage",
  "table-empty": "damage",
  "table-unterminated": "damage",
  "table-too-long": "damage",
  "part-overlong": "damage",
  "data-unclaimed": "remark",
  "trailing-bytes": "remark",
  "unknown-os": "remark",
  "unknown-arch": "remark",
  "unknown-type": "remark",
  "unknown-compression": "remark",
} as const;

/** What can be wrong with an image. */
export type UImageProblemCode = keyof typeof severities;

/** Something wrong with an image. */
export interface UImageProblem {
  readonly code: UImageProblemCode;
  readonly severity: "damage" | "remark";
  /** From the start of the image, in bytes. */
  readonly offset: number;
  /** What should be there, where that is one number. */
  readonly expected?: number;
  /** What is there. */
  readonly found: number;
  readonly message: string;
}

/** What could be read of an image. */
export interface ReadUImage {
  /** Undefined when fewer than 64 bytes are there. */
  readonly header: UImageHeader | undefined;
  /** What follows the header and belongs to the image. */
  readonly data: Content;
  /** The files inside: one, or as many as the length table of `multi` and `script` names. */
  readonly parts: readonly UImagePart[];
  readonly problems: readonly UImageProblem[];
}

function problem(
  code: UImageProblemCode,
  place: { readonly offset: number; readonly expected?: number; readonly found: number },
  message: string,
): UImageProblem {
  return { code, severity: severities[code], ...place, message };
}

/**
 * Reads a legacy image and checks all that can be checked. Reads the data once.
 * @throws only what `content.read` throws.
 */
export function readUImage(content: Content): ReadUImage {
  const bytes = content.read(0, uimageHeader.size);
  const header = uimageHeader.decode(bytes);
  const data = slice(content, uimageHeader.size, header?.size ?? 0);
  if (!header) {
    const place = { offset: 0, expected: uimageHeader.size, found: content.size };
    const message = `the header is cut: ${place.found} of ${place.expected} bytes`;
    return { header, data, parts: [], problems: [problem("header-truncated", place, message)] };
  }
  if (header.magic !== UIMAGE_MAGIC) {
    const place = { offset: 0, expected: UIMAGE_MAGIC, found: header.magic };
    const message = `the magic is ${hex(place.found)}, not ${hex(place.expected)}`;
    return { header, data, parts: [], problems: [problem("bad-magic", place, message)] };
  }
  const { parts, problems: partProblems } = partsOf(header, data);
  const problems = [
    // From the bytes, not the fields: a name may hold bytes that do not survive decoding.
    ...crcProblems("header-crc", "headerCrc", header, headerCrcOf(bytes)),
    ...idProblems(header),
    ...sizeProblems(header, content),
    ...(data.size < header.size ? [] : crcProblems("data-crc", "dataCrc", header, crcOf(data))),
    ...partProblems,
  ];
  return { header, data, parts, problems };
}

function crcProblems(
  code: "header-crc" | "data-crc",
  field: "headerCrc" | "dataCrc",
  header: UImageHeader,
  expected: number,
): UImageProblem[] {
  const found = header[field];
  if (found === expected) return [];
  const part = code === "data-crc" ? "data" : "header";
  const message = `the ${part} has CRC ${hex(expected)}, but ${hex(found)} is recorded`;
  return [problem(code, { offset: uimageHeader.offsetOf(field), expected, found }, message)];
}

const tables = [
  ["os", "unknown-os", operatingSystems],
  ["arch", "unknown-arch", architectures],
  ["type", "unknown-type", types],
  ["compression", "unknown-compression", compressions],
] as const;

function idProblems(header: UImageHeader): UImageProblem[] {
  return tables
    .filter(([field, , table]) => !table.byId(header[field]))
    .map(([field, code]) => {
      const place = { offset: uimageHeader.offsetOf(field), found: header[field] };
      return problem(code, place, `the ${field} number ${place.found} has no name`);
    });
}

function sizeProblems(header: UImageHeader, content: Content): UImageProblem[] {
  const expected = header.size;
  const found = content.size - uimageHeader.size;
  if (found === expected) return [];
  if (found < expected) {
    const place = { offset: content.size, expected, found };
    return [problem("data-truncated", place, `the data is cut: ${found} of ${expected} bytes`)];
  }
  const place = { offset: uimageHeader.size + expected, expected: 0, found: found - expected };
  return [problem("trailing-bytes", place, `${place.found} bytes follow the image`)];
}

/** Where the files lie in `data`, as far as the length table and the data allow. */
export function partsOf(
  header: UImageHeader,
  data: Content,
): { parts: readonly UImagePart[]; problems: readonly UImageProblem[] } {
  if (data.size === 0) return { parts: [], problems: [] };
  if (!hasLengthTable(header.type)) {
    return { parts: [{ offset: uimageHeader.size, content: data }], problems: [] };
  }
  const { lengths, problems } = readLengths(data);
  if (problems.length > 0) return { parts: [], problems };
  const parts: UImagePart[] = [];
  let offset = 4 * (lengths.length + 1);
  let end = offset;
  for (const length of lengths) {
    const place = { offset: uimageHeader.size + offset, expected: length };
    const found = Math.max(0, data.size - offset);
    if (length > found) {
      const message = `file ${parts.length} is cut: ${found} of ${length} bytes`;
      return { parts, problems: [problem("part-overlong", { ...place, found }, message)] };
    }
    parts.push({ offset: place.offset, content: slice(data, offset, length) });
    end = offset + length;
    offset = end + paddingAfter(length);
  }
  return { parts, problems: unclaimed(data, end) };
}

function unclaimed(data: Content, end: number): UImageProblem[] {
  const found = data.size - end;
  if (found === 0) return [];
  const place = { offset: uimageHeader.size + end, expected: 0, found };
  return [problem("data-unclaimed", place, `${found} bytes of the data belong to no file`)];
}

/** The length table at the start of `data`, without its terminating zero. */
function readLengths(data: Content): { lengths: number[]; problems: UImageProblem[] } {
  const bytes = data.read(0, 4 * (MAX_PARTS + 1));
  const view = viewOf(bytes);
  const lengths: number[] = [];
  for (let offset = 0; offset + 4 <= bytes.length; offset += 4) {
    const length = view.getUint32(offset);
    if (length > 0) lengths.push(length);
    else if (offset > 0) return { lengths, problems: [] };
    else return { lengths, problems: [emptyTable()] };
  }
  const place = { offset: uimageHeader.size + 4 * lengths.length, found: lengths.length };
  const found =
    lengths.length > MAX_PARTS
      ? problem("table-too-long", place, `the length table has more than ${MAX_PARTS} entries`)
      : problem("table-unterminated", place, "the length table has no terminating zero");
  return { lengths, problems: [found] };
}

function emptyTable(): UImageProblem {
  const place = { offset: uimageHeader.size, found: 0 };
  return problem("table-empty", place, "the length table is empty: there is no file inside");
}
