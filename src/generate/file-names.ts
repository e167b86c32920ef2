// The names of a build's files: each has to be its own, on every file system.
import { diagnose, type Report } from "../diagnostics/index.js";
import type { Artifact } from "./artifact.js";

/**
 * Reports artifacts of one name, also when only case tells them apart, and those that would have to
 * be folders for others.
 */
export function reportTakenFiles(artifacts: readonly Artifact[], report: Report): void {
  const taken = new Map<string, Artifact>();
  for (const artifact of artifacts) {
    const key = keyOf(artifact);
    const before = taken.get(key);
    if (!before) taken.set(key, artifact);
    else {
      const other = before.name === artifact.name ? undefined : before.name;
      // Of one script that is for each client, and of nothing else, there are several under one name.
      const script = artifact.client !== undefined && before.client !== undefined;
      const data = { path: `${artifact.root}/${artifact.name}`, other, script };
      report(diagnose("file-name-taken", data, labelsOf(artifact, before)));
    }
  }
  for (const [key, artifact] of taken) {
    const folder = foldersOf(key).find((each) => taken.has(each));
    const other = folder === undefined ? undefined : taken.get(folder);
    if (!other) continue;
    const data = { path: artifact.name, other: other.name };
    report(diagnose("file-name-inside", data, labelsOf(artifact, other)));
  }
}

const keyOf = ({ root, name }: Artifact) => `${root}/${name}`.toLowerCase();

function labelsOf(...artifacts: readonly Artifact[]) {
  return artifacts.flatMap(({ span }) => (span ? [{ span }] : []));
}

/** `a` and `a/b` for `a/b/c`. */
function foldersOf(path: string): readonly string[] {
  const parts = path.split("/");
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join("/"));
}
