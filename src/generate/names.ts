// The names of a build's files: each has to be its own, on every file system.
import { diagnose, type Report, type Span } from "../diagnostics/index.js";
import type { Artifact } from "./artifact.js";

/** A file of the build and what of the flow it is made for. */
export interface Made {
  readonly artifact: Artifact;
  readonly span: Span | undefined;
}

/**
 * Reports files of one name, also when only case tells them apart, and files that would have to be
 * folders for others.
 */
export function reportTakenNames(made: readonly Made[], report: Report): void {
  const taken = new Map<string, Made>();
  for (const each of made) {
    const before = taken.get(keyOf(each));
    if (!before) taken.set(keyOf(each), each);
    else {
      const { root, name } = each.artifact;
      const other = before.artifact.name === name ? undefined : before.artifact.name;
      const data = { path: `${root}/${name}`, other };
      report(diagnose("file-name-taken", data, labelsOf(each, before)));
    }
  }
  for (const [key, each] of taken) {
    const other = taken.get(foldersOf(key).find((folder) => taken.has(folder)) ?? "");
    if (!other) continue;
    const data = { path: each.artifact.name, other: other.artifact.name };
    report(diagnose("file-name-inside", data, labelsOf(each, other)));
  }
}

const keyOf = ({ artifact }: Made) => `${artifact.root}/${artifact.name}`.toLowerCase();

function labelsOf(...made: readonly Made[]) {
  return made.flatMap(({ span }) => (span ? [{ span }] : []));
}

/** `a` and `a/b` for `a/b/c`. */
function foldersOf(path: string): readonly string[] {
  const parts = path.split("/");
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join("/"));
}
