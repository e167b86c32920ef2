// Sizes, rates and times for people to read.

/** `bytes` with a unit of 1024s: `9.8 MiB`. */
export function sizeText(bytes: number): string {
  if (bytes < 1024) return countText(Math.round(bytes), "byte");
  const units = ["KiB", "MiB", "GiB"] as const;
  const power = Math.min(units.length, Math.floor(Math.log2(bytes) / 10));
  return `${(bytes / 1024 ** power).toFixed(1)} ${units[power - 1]}`;
}

/** `bytes` in `ms` as a rate; undefined when it was too short to tell. */
export function rateText(bytes: number, ms: number): string | undefined {
  return ms < 1 || bytes === 0 ? undefined : `${sizeText((bytes * 1000) / ms)}/s`;
}

/** `ms` as seconds, or as minutes when there are many. */
export function timeText(ms: number): string {
  if (ms < 100) return `${Math.round(ms)} ms`;
  return ms < 120_000 ? `${(ms / 1000).toFixed(1)} s` : `${Math.round(ms / 60_000)} min`;
}

/** `3 files`, `1 file`. */
export function countText(count: number, one: string): string {
  return `${count} ${one}${count === 1 ? "" : "s"}`;
}
