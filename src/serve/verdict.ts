// What most likely became of a board, from what it fetched: the sentence for somebody who has to
// find out why it did not come up. Leaves out when to say it.
import { type Boot, type Fetch, isWhole } from "./boot.js";

/** The way on that the board has come furthest on, of its last script or config.txt. */
function furthest({ fetches }: Pick<Boot, "fetches">) {
  const fetched = new Set(fetches.filter(isWhole).map(({ name }) => name));
  const tells = ({ kind, ways }: Fetch) => kind === "script" || ways.length > 0;
  const script = fetches.findLast((fetch) => tells(fetch) && isWhole(fetch));
  const ways = (script?.ways ?? []).map((way) => ({
    missing: way.filter((name) => !fetched.has(name)),
    share: way.filter((name) => fetched.has(name)).length / Math.max(1, way.length),
  }));
  return ways.sort((a, b) => b.share - a.share)[0];
}

/** Whether the board has everything that one way of its script needs. */
export function isComplete(boot: Pick<Boot, "fetches">): boolean {
  return furthest(boot)?.missing.length === 0;
}

/** Why a board that is silent now did not come up; undefined when all may be well. */
export function verdictOf(boot: Pick<Boot, "fetches" | "misses">): string | undefined {
  const { fetches, misses } = boot;
  const last = fetches.at(-1);
  const miss = misses.at(-1);
  // What it was refused and then did without was not needed.
  if (miss && miss.at >= (last?.began ?? 0)) {
    const hint = miss.nearest === undefined ? "" : `; there is ${miss.nearest}`;
    return `asked for ${miss.name}: ${miss.why}${hint}`;
  }
  if (last?.fault !== undefined) {
    const share = last.size > 0 ? Math.floor((100 * last.done) / last.size) : 0;
    return `stopped at ${share} % of ${last.name}: ${last.fault}`;
  }
  const missing = furthest(boot)?.missing ?? [];
  if (missing.length === 0) return undefined;
  const got = [...new Set(fetches.map(({ name }) => name))];
  const guess = "power lost, memory overlap or time-out";
  const MOST = 4;
  const what = got.length > MOST ? `${got.length} files up to ${got.at(-1)}` : list(got, "and");
  return `fetched ${what}, not ${list(missing, "or")}: ${guess}`;
}

function list(names: readonly string[], word: "and" | "or"): string {
  if (names.length < 2) return names.join("");
  return `${names.slice(0, -1).join(", ")} ${word} ${names.at(-1)}`;
}
