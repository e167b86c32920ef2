// Puts side by side what would cover one another.

/** A stretch of the way that lanes run. */
export interface Reach {
  readonly from: number;
  readonly to: number;
}

/** Something with its lane, counted from 0, and how many lanes there are where it is. */
export interface InLane<T> {
  readonly item: T;
  readonly lane: number;
  readonly lanes: number;
}

interface Taken<T> extends Reach {
  readonly item: T;
  readonly lane: number;
}

/** Each of `items` in turn in the first lane that is free where it reaches. */
export function inLanes<T>(items: readonly T[], reachOf: (item: T) => Reach): readonly InLane<T>[] {
  const taken: Taken<T>[] = [];
  for (const item of items) {
    const reach = reachOf(item);
    const others = taken.filter((other) => meet(other, reach)).map(({ lane }) => lane);
    let lane = 0;
    while (others.includes(lane)) lane += 1;
    taken.push({ item, lane, ...reach });
  }
  const groups = together(taken);
  return taken.map(({ item, lane, from }) => ({
    item,
    lane,
    lanes: groups.find((group) => from < group.to)?.lanes ?? 1,
  }));
}

const meet = (a: Reach, b: Reach) => a.from < b.to && b.from < a.to;

/** What hangs together, from the first to the last, each with the lanes that it needs. */
function together(taken: readonly Taken<unknown>[]) {
  const groups: { to: number; lanes: number }[] = [];
  for (const { from, to, lane } of taken.toSorted((a, b) => a.from - b.from)) {
    const group = groups.at(-1);
    if (group && from < group.to) {
      group.to = Math.max(group.to, to);
      group.lanes = Math.max(group.lanes, lane + 1);
    } else groups.push({ to, lanes: lane + 1 });
  }
  return groups;
}
