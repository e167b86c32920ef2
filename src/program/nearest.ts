// The name a person most likely meant.
import { closest, distance } from "fastest-levenshtein";

/** The one of `known` that is close enough to `name` to be a misspelling of it. */
export function nearest(name: string, known: Iterable<string>): string | undefined {
  const candidates = [...known];
  if (candidates.length === 0) return undefined;
  const found = closest(name, candidates);
  return distance(name, found) <= Math.max(1, Math.floor(name.length / 3)) ? found : undefined;
}
