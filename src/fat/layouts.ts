// What lies at fixed places of a disk with FAT partitions, as tables: the master boot record, the
// GUID partition table (UEFI Specification 2.10, 5), the boot sector and the entries of directories
// (Microsoft's FAT specification of 2005, sections 3 and 6).
import { gap, layout, u8, u16le, u32le, u64le } from "../image/index.js";

/** One of the four partitions of the master boot record. */
export const mbrEntry = layout<{
  status: number;
  first: undefined;
  type: number;
  last: undefined;
  /** First sector, and how many. */
  start: number;
  count: number;
}>({
  status: { kind: u8 },
  first: { kind: gap(3) },
  type: { kind: u8 },
  last: { kind: gap(3) },
  start: { kind: u32le },
  count: { kind: u32le },
});

/** The header of a GUID partition table, in sector 1. */
export const gptHeader = layout<{
  signature: bigint;
  revision: number;
  /** Bytes that `crc` covers, itself counted as 0. */
  size: number;
  crc: number;
  reserved: number;
  own: bigint;
  other: bigint;
  firstUsable: bigint;
  lastUsable: bigint;
  guid: undefined;
  /** Sector of the entries; how many, of how many bytes, and their checksum. */
  entries: bigint;
  count: number;
  entrySize: number;
  entriesCrc: number;
}>({
  signature: { kind: u64le },
  revision: { kind: u32le },
  size: { kind: u32le },
  crc: { kind: u32le },
  reserved: { kind: u32le },
  own: { kind: u64le },
  other: { kind: u64le },
  firstUsable: { kind: u64le },
  lastUsable: { kind: u64le },
  guid: { kind: gap(16) },
  entries: { kind: u64le },
  count: { kind: u32le },
  entrySize: { kind: u32le },
  entriesCrc: { kind: u32le },
});

/** A partition of a GUID partition table, up to its name. */
export const gptEntry = layout<{
  typeLow: bigint;
  typeHigh: bigint;
  guid: undefined;
  /** First and last sector. */
  first: bigint;
  last: bigint;
}>({
  typeLow: { kind: u64le },
  typeHigh: { kind: u64le },
  guid: { kind: gap(16) },
  first: { kind: u64le },
  last: { kind: u64le },
});

/** The boot sector, as far as FAT12, FAT16 and FAT32 need it. */
export const bootSector = layout<{
  jump: number;
  jumpRest: undefined;
  oem: undefined;
  bytesPerSector: number;
  sectorsPerCluster: number;
  reservedSectors: number;
  fats: number;
  rootEntries: number;
  sectors16: number;
  media: number;
  fatSectors16: number;
  track: undefined;
  hidden: number;
  sectors32: number;
  /** From here on of FAT32 only. */
  fatSectors32: number;
  flags: number;
  version: number;
  rootCluster: number;
}>({
  jump: { kind: u8 },
  jumpRest: { kind: gap(2) },
  oem: { kind: gap(8) },
  bytesPerSector: { kind: u16le },
  sectorsPerCluster: { kind: u8 },
  reservedSectors: { kind: u16le },
  fats: { kind: u8 },
  rootEntries: { kind: u16le },
  sectors16: { kind: u16le },
  media: { kind: u8 },
  fatSectors16: { kind: u16le },
  track: { kind: gap(4) },
  hidden: { kind: u32le },
  sectors32: { kind: u32le },
  fatSectors32: { kind: u32le },
  flags: { kind: u16le },
  version: { kind: u16le },
  rootCluster: { kind: u32le },
});

/** An entry of a directory; its eleven characters of name lie in front. */
export const directoryEntry = layout<{
  name: undefined;
  attributes: number;
  /** Bits 3 and 4: name and extension in lower case. */
  lowerCase: number;
  created: undefined;
  accessed: undefined;
  clusterHigh: number;
  changed: undefined;
  clusterLow: number;
  /** Bytes; 0 for a directory. */
  size: number;
}>({
  name: { kind: gap(11) },
  attributes: { kind: u8 },
  lowerCase: { kind: u8 },
  created: { kind: gap(5) },
  accessed: { kind: gap(2) },
  clusterHigh: { kind: u16le },
  changed: { kind: gap(4) },
  clusterLow: { kind: u16le },
  size: { kind: u32le },
});
