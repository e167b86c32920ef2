// The boot sector: where the tables, the root directory and the clusters of a FAT volume lie.
// Document: Microsoft's FAT specification of 2005, section 3.
import { type Content, startsWith } from "../image/index.js";
import { bootSector } from "./layouts.js";

/** Where things are in a volume; everything in bytes unless it says otherwise. */
export interface Geometry {
  /** Bits of an entry of the table. */
  readonly bits: 12 | 16 | 32;
  /** The table that is in use. */
  readonly table: number;
  readonly cluster: number;
  /** Clusters there are; the first one has the number 2. */
  readonly clusters: number;
  /** Where cluster 2 begins. */
  readonly data: number;
  /** The root directory: a stretch of its own, or with FAT32 a chain from a cluster. */
  readonly root: { readonly start: number; readonly size: number } | { readonly cluster: number };
}

/** A geometry, or why there is none. */
export type ReadGeometry =
  | { readonly geometry: Geometry; readonly problem: undefined }
  | { readonly geometry: undefined; readonly problem: string };

const isPowerOfTwo = (value: number) => value > 0 && (value & (value - 1)) === 0;

/** Whether `sector` begins a FAT volume; a boot record with code in it does not look like one. */
export function looksLikeFat(sector: Uint8Array): boolean {
  const read = bootSector.decode(sector);
  return (
    read !== undefined &&
    (read.jump === 0xeb || read.jump === 0xe9) &&
    isPowerOfTwo(read.bytesPerSector) &&
    read.bytesPerSector >= 512 &&
    isPowerOfTwo(read.sectorsPerCluster) &&
    read.reservedSectors > 0 &&
    read.fats > 0 &&
    (read.fatSectors16 > 0 || read.fatSectors32 > 0)
  );
}

/** Bytes that the volume beginning with `sector` says it has. */
export function volumeSize(sector: Uint8Array): number {
  const read = bootSector.decode(sector);
  return read ? (read.sectors16 || read.sectors32) * read.bytesPerSector : 0;
}

/** Reads where things are in `volume`, a partition or what is there of it. Never throws. */
export function readGeometry(volume: Content): ReadGeometry {
  const failed = (problem: string): ReadGeometry => ({ geometry: undefined, problem });
  const sector = volume.read(0, 512);
  const other = otherFileSystem(sector);
  if (other) return failed(`holds ${other}, not FAT`);
  const read = bootSector.decode(sector);
  if (!read || !looksLikeFat(sector)) return failed("holds no FAT file system");
  const { bytesPerSector, sectorsPerCluster, reservedSectors, fats, rootEntries, flags } = read;
  const LARGEST_SECTOR = 4096;
  if (bytesPerSector > LARGEST_SECTOR) return failed("has sectors of an impossible size");
  const fatSectors = read.fatSectors16 || read.fatSectors32;
  const size = volumeSize(sector);
  if (size > volume.size) return failed(`should have ${size} bytes, and has ${volume.size}`);
  const rootSectors = Math.ceil((rootEntries * 32) / bytesPerSector);
  const dataSector = reservedSectors + fats * fatSectors + rootSectors;
  const clusters = Math.floor((size / bytesPerSector - dataSector) / sectorsPerCluster);
  // By the table, as Linux and mtools tell FAT32: small ones have fewer clusters than they should.
  const wide = read.fatSectors16 === 0;
  const bits = wide ? 32 : clusters < 4085 ? 12 : 16;
  if (clusters < 1 || Math.floor((fatSectors * bytesPerSector * 8) / bits) < clusters + 2) {
    return failed("is damaged: its tables and its size do not fit together");
  }
  // With bit 7 only one of the tables is kept up.
  const ONE_TABLE = 0x80;
  const active = wide && (flags & ONE_TABLE) !== 0 ? flags & 0xf : 0;
  if (active >= fats) return failed("is damaged: the table in use does not exist");
  const geometry: Geometry = {
    bits,
    table: (reservedSectors + active * fatSectors) * bytesPerSector,
    cluster: sectorsPerCluster * bytesPerSector,
    clusters,
    data: dataSector * bytesPerSector,
    root: wide
      ? { cluster: read.rootCluster }
      : { start: (dataSector - rootSectors) * bytesPerSector, size: rootEntries * 32 },
  };
  return { geometry, problem: undefined };
}

/** A file system that people take for FAT, by the name in its boot sector. */
function otherFileSystem(sector: Uint8Array): string | undefined {
  const name = sector.subarray(3);
  if (startsWith(name, "EXFAT   ")) return "exFAT";
  return startsWith(name, "NTFS    ") ? "NTFS" : undefined;
}
