// Names of files: eight and three characters, and the long ones that lie in front of them in pieces.
// Document: Microsoft's FAT specification of 2005, sections 6 and 7. Leaves out the code pages of
// short names: a name with other letters than ASCII has a long one.

/** A piece of a long name: its place, counted from 1, and thirteen characters of UTF-16. */
export interface NamePiece {
  readonly order: number;
  /** Whether it is the last one, which is stored first. */
  readonly last: boolean;
  /** Of the short name it belongs to. */
  readonly checksum: number;
  readonly units: readonly number[];
}

/** Pieces of the longest name, of 255 characters. */
export const MOST_PIECES = 20;

/** Where the characters of a piece lie in its 32 bytes. */
const UNITS = [1, 3, 5, 7, 9, 14, 16, 18, 20, 22, 24, 28, 30];

/** Reads a piece of a long name from the 32 bytes of its entry. */
export function namePiece(entry: Uint8Array): NamePiece {
  const order = entry[0] ?? 0;
  const LAST = 0x40;
  return {
    order: order & 0x3f,
    last: (order & LAST) !== 0,
    checksum: entry[13] ?? 0,
    units: UNITS.map((at) => (entry[at] ?? 0) | ((entry[at + 1] ?? 0) << 8)),
  };
}

/** The long name in `pieces`, in the order they are stored, if they are whole and belong to `short`. */
export function longName(pieces: readonly NamePiece[], short: Uint8Array): string | undefined {
  const checksum = checksumOf(short);
  const whole = pieces.every(
    (each, index) =>
      each.order === pieces.length - index &&
      each.last === (index === 0) &&
      each.checksum === checksum,
  );
  if (!whole || pieces.length === 0) return undefined;
  const units = pieces.toReversed().flatMap((each) => each.units);
  const end = units.indexOf(0);
  return String.fromCharCode(...(end < 0 ? units : units.slice(0, end)));
}

/** The checksum that ties a long name to the eleven bytes of a short one. */
function checksumOf(short: Uint8Array): number {
  return short
    .subarray(0, 11)
    .reduce((sum, byte) => ((sum >> 1) + ((sum & 1) << 7) + byte) & 255, 0);
}

/** The eleven bytes of a short name as text; `lowerCase` has the bits that Windows NT added. */
export function shortName(bytes: Uint8Array, lowerCase: number): string {
  const part = (start: number, end: number, lower: number) => {
    const text = String.fromCharCode(...bytes.subarray(start, end)).trimEnd();
    return lower ? text.toLowerCase() : text;
  };
  const base = part(0, 8, lowerCase & 0x08);
  const extension = part(8, 11, lowerCase & 0x10);
  // 0xe5 in front means that the entry is free: a name that begins with it is stored with 5.
  const name = base.startsWith("\x05") ? `\xe5${base.slice(1)}` : base;
  return extension === "" ? name : `${name}.${extension}`;
}

/** Why a file must not get the name `name` on any system this runs on; undefined when it may. */
export function nameProblem(name: string, isLong: boolean): string | undefined {
  if (name === "" || /^\.{1,2}$/.test(name)) return "is a place and no name";
  // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what is looked for
  if (/[\x00-\x1f\x7f"*/:<>?\\|]/.test(name)) return "has a character that no name may have";
  if (/[. ]$/.test(name)) return "ends with a dot or a blank";
  if (!isLong && /[^\x20-\x7e]/.test(name)) return "is of an unknown code page";
  return /\p{Surrogate}/u.test(name) ? "is no Unicode" : undefined;
}
