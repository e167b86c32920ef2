// Where the partitions of a disk image are: a master boot record, a GUID partition table, or no
// table at all. Leaves out logical partitions, which no board boots from, and the second copy of a
// GUID table, which lies at the end of a disk. Looks only at the first `TABLE_SIZE` bytes.
import { bytesOf, type Content, crc32, hex, slice, startsWith } from "../image/index.js";
import { looksLikeFat, volumeSize } from "./geometry.js";
import { gptEntry, gptHeader, mbrEntry } from "./layouts.js";

/** As much of a disk as partitions are looked for in, in bytes. */
export const TABLE_SIZE = 1 << 20;

/** A partition of a disk. */
export interface Partition {
  /** Counted from 1, as Linux does; 0 for a whole disk without partitions. */
  readonly number: number;
  /** Bytes from the beginning of the disk. */
  readonly start: number;
  /** Bytes. */
  readonly size: number;
  /** `0x0c` in a master boot record, a GUID in a GUID table. */
  readonly type: string;
  /** Whether partitions of this type are FAT file systems. */
  readonly fat: boolean;
}

/** The partitions of a disk, or why they cannot be told. */
export type PartitionTable =
  | { readonly kind: "mbr" | "gpt" | "none"; readonly partitions: readonly Partition[] }
  | { readonly problem: string };

/** Reads the partition table of `disk`; its first `TABLE_SIZE` bytes are enough. Never throws. */
export function readPartitions(disk: Content): PartitionTable {
  const first = disk.read(0, 512);
  if (looksLikeFat(first)) {
    const whole = { number: 0, start: 0, size: volumeSize(first), type: "none", fat: true };
    return { kind: "none", partitions: [whole] };
  }
  if (first[510] !== 0x55 || first[511] !== 0xaa) {
    return { problem: "has neither a partition table nor a FAT file system" };
  }
  const partitions = mbrPartitions(first);
  // A disk of GUID partitions says so with one partition that covers it.
  const GUID_TABLE = 0xee;
  const guid = partitions.some(({ type }) => type === hex(GUID_TABLE, 2));
  return guid ? readGuidTable(disk) : { kind: "mbr", partitions };
}

/** Types of FAT in a master boot record: FAT12, FAT16, FAT32, their LBA forms, and EFI. */
const FAT_TYPES: readonly number[] = [0x01, 0x04, 0x06, 0x0b, 0x0c, 0x0e, 0xef];

function mbrPartitions(sector: Uint8Array): Partition[] {
  const FIRST = 446;
  // The table counts sectors of the disk it is for. In files those have 512 bytes.
  const SECTOR = 512;
  return [1, 2, 3, 4].flatMap((number) => {
    const entry = mbrEntry.decode(sector.subarray(FIRST + (number - 1) * mbrEntry.size));
    if (!entry || entry.type === 0 || entry.count === 0) return [];
    const { start, count, type } = entry;
    const fat = FAT_TYPES.includes(type);
    return [{ number, start: start * SECTOR, size: count * SECTOR, type: hex(type, 2), fat }];
  });
}

/** A GUID table does not say how large sectors are: its place does. */
function readGuidTable(disk: Content): PartitionTable {
  for (const sector of [512, 4096]) {
    const header = disk.read(sector, gptHeader.size);
    if (startsWith(header, "EFI PART")) return guidPartitions(disk, sector, header);
  }
  return { problem: "has a GUID partition table that is not in its place" };
}

function guidPartitions(disk: Content, sector: number, bytes: Uint8Array): PartitionTable {
  const header = gptHeader.decode(bytes);
  const SMALLEST = { header: 92, entry: 128 };
  if (!header || header.size < SMALLEST.header || header.size > sector) {
    return { problem: "has a damaged GUID partition table" };
  }
  const covered = disk.read(sector, header.size).slice();
  covered.fill(0, gptHeader.offsetOf("crc"), gptHeader.offsetOf("crc") + 4);
  const { entrySize, count } = header;
  const length = entrySize * count;
  const start = Number(header.entries) * sector;
  const inside = entrySize >= SMALLEST.entry && start + length <= TABLE_SIZE;
  const entries = inside ? bytesOf(slice(disk, start, length)) : new Uint8Array();
  const whole = inside && entries.length === length;
  if (!whole || crc32(covered) !== header.crc || crc32(entries) !== header.entriesCrc) {
    return { problem: "has a damaged GUID partition table" };
  }
  const partitions: Partition[] = [];
  for (let number = 1; number <= count; number++) {
    const at = entries.subarray((number - 1) * entrySize);
    const partition = guidPartition(at, number, sector);
    if (partition) partitions.push(partition);
  }
  return { kind: "gpt", partitions };
}

/** Types of FAT in a GUID table: "basic data", as Windows and images for boards have it, and EFI. */
const FAT_GUIDS: readonly string[] = [
  "ebd0a0a2-b9e5-4433-87c0-68b6b72699c7",
  "c12a7328-f81f-11d2-ba4b-00a0c93ec93b",
];

function guidPartition(bytes: Uint8Array, number: number, sector: number): Partition | undefined {
  const entry = gptEntry.decode(bytes);
  if (!entry || (entry.typeLow === 0n && entry.typeHigh === 0n)) return undefined;
  const type = guidText(bytes);
  // Larger numbers than a file can have bytes only ever end in "beyond the end".
  const start = Number(entry.first) * sector;
  const size = Math.max(0, (Number(entry.last) + 1) * sector - start);
  return { number, start, size, type, fat: FAT_GUIDS.includes(type) };
}

/** A GUID as it is written: the first three numbers are stored least significant byte first. */
function guidText(bytes: Uint8Array): string {
  const ORDER = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15];
  const digits = ORDER.map((at) => (bytes[at] ?? 0).toString(16).padStart(2, "0")).join("");
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
