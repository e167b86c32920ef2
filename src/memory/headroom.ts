// How much a file in memory can grow before it reaches what comes next.
import type { Region } from "../boards/index.js";
import type { Moment } from "./timeline.js";

/** A stretch of memory and what is in it. */
export interface Named extends Region {
  readonly name: string;
}

/** Room above a file, and what ends it. */
export interface Growth {
  /** Bytes; negative where the two overlap already. */
  readonly room: number;
  readonly next: string;
}

/** What `file` must not reach while the step `moment` is done and after it. */
export function neighboursOf({ after, before, loads, start }: Moment): readonly Named[] {
  const files = [...before.values(), ...loads, ...after.values()];
  const kernel = start?.kernel.provision.name ?? "";
  return [
    ...files.map((each) => ({ start: each.start, size: each.size, name: each.provision.name })),
    ...(start?.landing.inPlace === false ? start.landing.writes : []).map((region) => ({
      ...region,
      name: `${kernel} when unpacked`,
    })),
    ...(start?.unpack ? [{ ...start.unpack, name: `${kernel} while unpacked` }] : []),
  ];
}

/** How far `file` is from the next of `neighbours`, or from the end of the free memory it is in. */
export function growthOf(
  file: Named,
  neighbours: readonly Named[],
  free: readonly Region[],
): Growth {
  const end = file.start + file.size;
  const around = free.find(({ start, size }) => file.start >= start && file.start < start + size);
  // Where there is no memory there is no room, which is said elsewhere.
  const limit = around ? around.start + around.size : file.start;
  let nearest: Growth = { room: limit - end, next: "the end of free memory" };
  for (const { start, name } of neighbours) {
    if (name === file.name || start < file.start) continue;
    if (start - end < nearest.room) nearest = { room: start - end, next: name };
  }
  return nearest;
}
