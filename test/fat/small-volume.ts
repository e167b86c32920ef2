// Volumes of a few hundred KiB, written byte by byte: what mkfs.fat cannot be made to write.

/** The sizes of a table's entries. */
export const bits = [12, 16, 32] as const;

/** An entry of the root directory. */
export interface Name {
  readonly name: string;
  readonly folder?: boolean;
  readonly size?: number;
  readonly cluster: number;
}

const SECTOR = 512;
/** Where the table is: behind the boot sector and, as small as it is, nothing else. */
export const FAT_AT = SECTOR;
const CLUSTERS = { 12: 400, 16: 5000, 32: 400 } as const;
const TABLE_SECTORS = 20;
const ROOT_SECTORS = 8;
/** Where the root directory is. */
export const directoryAt = FAT_AT + TABLE_SECTORS * SECTOR;

const usual: readonly Name[] = [
  { name: "config.txt", size: 1300, cluster: 2 },
  { name: "A LONG NAME in two pieces.dtb", size: 1300, cluster: 8 },
  { name: "overlays", folder: true, cluster: 11 },
  { name: "kernel8.img", size: 1300, cluster: 5 },
  { name: "empty", size: 0, cluster: 0 },
  { name: "tiny", size: 5, cluster: 14 },
];

/**
 * A volume with `names` in its root directory. Clusters 2 to 4, 5 to 7 and 8 to 10 are chains, 11
 * and 14 are alone; FAT32 has its root directory from cluster 20 on. `links` changes the table.
 */
export function smallVolume(
  size: (typeof bits)[number],
  names: readonly Name[] = usual,
  links: Readonly<Record<number, number>> = {},
): Uint8Array {
  const wide = size === 32;
  const data = directoryAt + (wide ? 0 : ROOT_SECTORS * SECTOR);
  const sectors = data / SECTOR + CLUSTERS[size];
  const disk = Buffer.alloc(sectors * SECTOR);
  disk.set([0xeb, 0x3c, 0x90], 0);
  disk.writeUInt16LE(SECTOR, 11);
  disk.set([1, 1, 0, 1], 13);
  disk.writeUInt16LE(wide ? 0 : (ROOT_SECTORS * SECTOR) / 32, 17);
  disk.writeUInt16LE(sectors, 19);
  disk.writeUInt16LE(wide ? 0 : TABLE_SECTORS, 22);
  disk.writeUInt32LE(wide ? TABLE_SECTORS : 0, 36);
  disk.writeUInt32LE(wide ? 20 : 0, 44);
  disk.set([0x55, 0xaa], 510);
  const end = { 12: 0xfff, 16: 0xffff, 32: 0x0fffffff }[size];
  const chains = { 2: 3, 3: 4, 4: end, 5: 6, 6: 7, 7: end, 8: 9, 9: 10, 10: end, 11: end, 14: end };
  const root = { 20: 21, 21: 22, 22: end };
  for (const [cluster, next] of Object.entries({ ...chains, ...root, ...links })) {
    link(disk, size, Number(cluster), next);
  }
  let at = wide ? data + 18 * SECTOR : directoryAt;
  for (const each of names) at = writeName(disk, at, each);
  // The folder: itself, the one above, and nothing else.
  writeShort(disk, data + 9 * SECTOR, ".          ", 0x10, 11, 0);
  writeShort(disk, data + 9 * SECTOR + 32, "..         ", 0x10, 0, 0);
  return disk;
}

function link(disk: Buffer, size: 12 | 16 | 32, cluster: number, next: number): void {
  if (size === 32) disk.writeUInt32LE(next, FAT_AT + cluster * 4);
  else if (size === 16) disk.writeUInt16LE(next & 0xffff, FAT_AT + cluster * 2);
  else {
    const place = FAT_AT + cluster + (cluster >> 1);
    const before = disk.readUInt16LE(place);
    const value = cluster & 1 ? (before & 0xf) | (next << 4) : (before & 0xf000) | (next & 0xfff);
    disk.writeUInt16LE(value & 0xffff, place);
  }
}

/** The pieces of the long name, the last one first, and the short one. */
function writeName(disk: Buffer, at: number, { name, folder, size = 0, cluster }: Name): number {
  const short = `N${at.toString(16).toUpperCase()}`.padEnd(11);
  const sum = [...short].reduce((s, c) => ((s >> 1) + ((s & 1) << 7) + c.charCodeAt(0)) & 255, 0);
  const units = Array.from({ length: name.length }, (_, index) => name.charCodeAt(index));
  const pieces = Math.ceil(units.length / 13);
  for (let order = pieces; order > 0; order--, at += 32) {
    disk.set([order === pieces ? order | 0x40 : order], at);
    disk.set([0x0f, 0, sum], at + 11);
    for (const [index, place] of [1, 3, 5, 7, 9, 14, 16, 18, 20, 22, 24, 28, 30].entries()) {
      const unit = units[(order - 1) * 13 + index];
      const behind = (order - 1) * 13 + index === units.length ? 0 : 0xffff;
      disk.writeUInt16LE(unit ?? behind, at + place);
    }
  }
  writeShort(disk, at, short, folder ? 0x10 : 0x20, cluster, size);
  return at + 32;
}

function writeShort(
  disk: Buffer,
  at: number,
  name: string,
  attributes: number,
  cluster: number,
  size: number,
): void {
  disk.write(name, at, "latin1");
  disk.set([attributes], at + 11);
  disk.writeUInt16LE(cluster & 0xffff, at + 26);
  disk.writeUInt32LE(size, at + 28);
}
