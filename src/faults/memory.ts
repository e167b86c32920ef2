// What goes wrong in memory, as geometry: what is outside of it, and what starting a kernel writes over.
import { type Board, freeMemory, type Region } from "../boards/index.js";
import { alignUp, type Landing, overlap } from "../memory/index.js";

const MiB = 0x100000;

/** Whether there is memory at all of `region`, and neither firmware nor U-Boot is there. */
export const isFree = (board: Board, { start, size }: Region): boolean =>
  freeMemory(board).some((free) => start >= free.start && start + size <= free.start + free.size);

/** A kernel, as `bootm` reads it. */
interface Read {
  /** The image that lies in memory. */
  readonly image: Region;
  readonly landing: Landing;
  /** Whether the kernel in it is compressed. */
  readonly packed: boolean;
  /** A uImage, not a FIT. */
  readonly legacy: boolean;
}

/**
 * What `bootm` unpacks over the image it is reading, and an address from where on it would not be. A uImage
 * that is not compressed is moved whole, and may overlap; of a FIT not even that (boot/bootm.c, BOOTM_ERR_OVERLAP).
 */
export function unpackedOver({ image, landing, packed, legacy }: Read) {
  // After such a move U-Boot does not move the kernel on to where it wants to be.
  const stays = landing.writes.every(({ start }) => start === landing.load);
  if (landing.inPlace || (legacy && !packed && stays)) return undefined;
  const hit = landing.writes.find((region) => overlap(region, image));
  if (!hit) return undefined;
  const ends = landing.writes.map((region) => region.start + region.size);
  return { hit, above: alignUp(Math.max(...ends, image.start), MiB) };
}

/**
 * What starting a kernel writes over `victim`, while tree and initrd are where they were loaded. `bootm`
 * does not look at all, `booti` only at where the tree begins (boot/bootm.c).
 */
export function writtenOver(
  { landing, unpack }: { readonly landing: Landing; readonly unpack?: Region | undefined },
  victim: Region,
): Region | undefined {
  const writes = landing.late ? [] : [...landing.writes, ...(unpack ? [unpack] : [])];
  return writes.find((region) => overlap(region, victim));
}
