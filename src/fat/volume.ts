// A FAT12, FAT16 or FAT32 volume as a list of files. Only reads. Every fault is reported and none
// is guessed around: a file is either as it was written, or not there and a problem says why.
import { bytesOf, type Content, slice } from "../image/index.js";
import { chainsOf, contentOfStretches } from "./chains.js";
import { readGeometry } from "./geometry.js";
import { directoryEntry } from "./layouts.js";
import {
  longName,
  MOST_PIECES,
  type NamePiece,
  namePiece,
  nameProblem,
  shortName,
} from "./names.js";

/** A file of a volume. */
export interface FatFile {
  /** Below the root, components joined by `/`; none of them is `.` or `..`. */
  readonly path: string;
  readonly content: Content;
}

/** What a volume holds. */
export interface FatVolume {
  /** Bits of an entry of its table; undefined when it is no FAT volume. */
  readonly bits: 12 | 16 | 32 | undefined;
  /** In the order they are stored, those of a directory before those of the directories in it. */
  readonly files: readonly FatFile[];
  /** What is damaged or cannot be had; nothing when all files are in `files`. */
  readonly problems: readonly string[];
}

/** So many problems are enough to know what a volume is worth. */
const MOST_PROBLEMS = 20;
/** No file of a boot partition lies deeper; paths stay short enough for every system. */
const DEEPEST = 16;
/** Bytes that a directory may have: 65536 entries. */
const LARGEST_DIRECTORY = 65536 * 32;

interface Directory {
  readonly path: string;
  readonly depth: number;
  readonly content: Content;
}

/** Reads what is in `volume`. Never throws but for what reading `volume` throws. */
export function readVolume(volume: Content): FatVolume {
  const { geometry, problem } = readGeometry(volume);
  if (!geometry) return { bits: undefined, files: [], problems: [problem] };
  const chains = chainsOf(volume, geometry);
  const files: FatFile[] = [];
  const problems: string[] = [];
  const stored = (path: string, first: number, size?: number): Content | undefined => {
    const chain = chains.follow(first, size);
    if (chain.problem !== undefined) {
      problems.push(`${path}: ${chain.problem}`);
      return undefined;
    }
    const length = chain.stretches.reduce((sum, each) => sum + each.size, 0);
    return contentOfStretches(volume, chain.stretches, size ?? length);
  };
  const { root, bits } = geometry;
  // The upper half means something else in the smaller formats.
  const clusterOf = ({ clusterHigh, clusterLow }: Entry) =>
    bits === 32 ? clusterHigh * 0x10000 + clusterLow : clusterLow;
  const top = "cluster" in root ? stored("/", root.cluster) : slice(volume, root.start, root.size);
  const waiting: Directory[] = top ? [{ path: "", depth: 0, content: top }] : [];
  for (let at = 0; at < waiting.length && problems.length < MOST_PROBLEMS; at++) {
    const directory = waiting[at] as Directory;
    for (const { name, entry, fault } of namesIn(directory)) {
      const path = directory.path + name;
      if (problems.length >= MOST_PROBLEMS) break;
      if (fault) problems.push(`${JSON.stringify(path)}: ${fault}`);
      else if (entry.attributes & DIRECTORY) {
        if (directory.depth === DEEPEST) problems.push(`${path}: lies too deep`);
        const content = directory.depth < DEEPEST ? stored(path, clusterOf(entry)) : undefined;
        if (content) waiting.push({ path: `${path}/`, depth: directory.depth + 1, content });
      } else {
        const content = stored(path, clusterOf(entry), entry.size);
        if (content) files.push({ path, content });
      }
    }
  }
  return { bits, files, problems };
}

const [VOLUME_LABEL, DIRECTORY, LONG_NAME] = [0x08, 0x10, 0x0f];

type Entry = NonNullable<ReturnType<typeof directoryEntry.decode>>;

interface Named {
  readonly name: string;
  readonly entry: Entry;
  readonly fault: string | undefined;
}

/** The files and directories that `directory` names. */
function namesIn({ depth, content }: Directory): Named[] {
  const found: Named[] = [];
  const known = new Set<string>();
  const [FREE, END] = [0xe5, 0x00];
  const bytes = bytesOf(slice(content, 0, LARGEST_DIRECTORY));
  let pieces: NamePiece[] = [];
  for (let at = 0; at + directoryEntry.size <= bytes.length; at += directoryEntry.size) {
    const raw = bytes.subarray(at, at + directoryEntry.size);
    const entry = directoryEntry.decode(raw);
    if (!entry || raw[0] === END) break;
    if (raw[0] !== FREE && (entry.attributes & 0x3f) === LONG_NAME) {
      const piece = namePiece(raw);
      if (piece.last || pieces.length === MOST_PIECES) pieces = [];
      pieces.push(piece);
      continue;
    }
    const long = longName(pieces, raw);
    pieces = [];
    if (raw[0] === FREE || entry.attributes & VOLUME_LABEL) continue;
    const name = long ?? shortName(raw, entry.lowerCase);
    // The directory itself and the one above it, which only the root has not.
    if (depth > 0 && long === undefined && /^\.{1,2}$/.test(name)) continue;
    const twice = known.has(name.toLowerCase()) ? "is there twice" : undefined;
    known.add(name.toLowerCase());
    found.push({ name, entry, fault: nameProblem(name, long !== undefined) ?? twice });
  }
  return found;
}
