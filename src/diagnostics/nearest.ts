// The name a person most likely meant.
import { closest, distance } from "fastest-levenshtein";

/** The one of `known` that is close enough to `name` to be a misspelling of it, in either case. */
export function nearest(name: string, known: Iterable<string>): string | undefined {
  const candidates = [...known];
  const wanted = name.toLowerCase();
  const plain = candidates.map((each) => each.toLowerCase());
  const same = candidates[plain.indexOf(wanted)];
  if (same !== undefined || candidates.length === 0) return same;
  const found = closest(wanted, plain);
  const far = Math.max(1, Math.floor(name.length / 3));
  if (distance(wanted, found) <= far) return candidates[plain.indexOf(found)];
  return candidates.find((each) => isSwap(wanted, each.toLowerCase()));
}

/** Whether two neighbouring letters changed places. */
function isSwap(left: string, right: string): boolean {
  const at = [...left].findIndex((letter, index) => letter !== right[index]);
  const swapped = `${left.slice(0, at)}${left[at + 1] ?? ""}${left[at] ?? ""}${left.slice(at + 2)}`;
  return at >= 0 && swapped === right;
}
