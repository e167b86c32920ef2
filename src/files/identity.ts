// Whether two paths lead to the same file, whatever they are called.
import * as fs from "node:fs";

/** What tells files on a machine apart. */
export const identityOf = ({ dev, ino }: { readonly dev: number; readonly ino: number }) =>
  `${dev} ${ino}`;

/** Those of the files at `paths`, links followed; what is not there has none. */
export function identities(paths: Iterable<string>): ReadonlySet<string> {
  return new Set([...paths].flatMap((path) => identityAt(path) ?? []));
}

/** Why nothing may be written to `path`; undefined unless it is one of `inputs`. */
export function inputProblem(path: string, inputs: Iterable<string>): string | undefined {
  const there = identityAt(path);
  if (there === undefined || !identities(inputs).has(there)) return undefined;
  return `${path}: is read by the flow, and would be written over`;
}

function identityAt(path: string): string | undefined {
  try {
    return identityOf(fs.statSync(path));
  } catch {
    return undefined;
  }
}
