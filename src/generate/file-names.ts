// Two files of one name, also when only case tells them apart: some file systems do not.
import { diagnose, type Report, type Span } from "../diagnostics/index.js";
import type { Program } from "../program/index.js";
import type { Artifact } from "./artifact.js";

/** Reports artifacts of `program` that would be the same file. */
export function reportTakenFiles(
  artifacts: readonly Artifact[],
  program: Program,
  report: Report,
): void {
  const seen = new Map<string, Artifact>();
  for (const artifact of artifacts) {
    const path = `${artifact.root}/${artifact.name}`;
    const before = seen.get(path.toLowerCase());
    if (!before) {
      seen.set(path.toLowerCase(), artifact);
      continue;
    }
    const spans = [artifact, before].map((each) => placeOf(each, program));
    const labels = spans.flatMap((span) => (span ? [{ span }] : []));
    const other = before.name === artifact.name ? undefined : before.name;
    report(diagnose("file-name-taken", { path, other }, labels));
  }
}

function placeOf({ client, name }: Artifact, program: Program): Span | undefined {
  if (client !== undefined) return program.clients.find((each) => each.name === client)?.span;
  const provision = [...program.provisions.values()].find((each) => each.file === name);
  if (provision) return provision.span;
  return [...program.scripts.values()].find(({ file }) => file.parts.join("") === name)?.span;
}
