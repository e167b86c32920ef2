// The time that goes into an image.

/** mkimage's reading of SOURCE_DATE_EPOCH, which never fails: 32 bits, 0 for what is no number. */
export function imageTime(epoch = process.env.SOURCE_DATE_EPOCH): number {
  return epoch === undefined ? Math.floor(Date.now() / 1000) : Number.parseInt(epoch, 10) >>> 0;
}
