// What statements refer to: the names of provisions and scripts, looked up. Names that stand in the
// flow are checked once; those that come from a client's value when that client is compiled.
import { diagnose, type Label, nearest, type Report, type Span } from "../diagnostics/index.js";
import type { Reference } from "../language/index.js";
import { givenAt, writtenAt } from "./evidence.js";
import type { Nfsroot, Program, Provision, Script } from "./program.js";
import { interpolate, type Scope } from "./values.js";

/** What is looked up, and how it is called in messages. */
interface Kind<T> {
  readonly program: Program;
  readonly kind: string;
  readonly among: ReadonlyMap<string, T>;
  readonly fits?: (found: T) => boolean;
}

/** What a flow calls `name`, whatever it is. */
export function declaredAs(
  {
    provisions,
    scripts,
    nfsroots,
  }: Partial<Pick<Program, "scripts" | "nfsroots">> & Pick<Program, "provisions">,
  name: string,
): { readonly kind: string; readonly span: Span } | undefined {
  const provision = provisions.get(name);
  if (provision) return provision;
  const script = scripts?.get(name);
  if (script) return { kind: "script", span: script.span };
  const root = nfsroots?.get(name);
  return root && { kind: "nfsroot", span: root.span };
}

/** The label that says so. */
export const declaredLabel = (other: ReturnType<typeof declaredAs>): readonly Label[] =>
  other ? [{ span: other.span, text: `declared a ${other.kind} here` }] : [];

/** What `reference` means, or undefined, reported. */
function lookUp<T>(
  reference: Reference,
  { program, kind, among, fits }: Kind<T>,
  scope: Scope,
  report: Report,
): T | undefined {
  const given =
    reference.type === "name"
      ? { text: reference.name, span: reference.span }
      : interpolate(reference, scope, report);
  if (!given) return undefined;
  const found = among.get(given.text);
  if (found !== undefined && (!fits || fits(found))) return found;
  if (program.broken.has(given.text)) return undefined;
  if ([...program.nameless].some((each) => kind.includes(each))) return undefined;
  const known = [...among].filter(([, each]) => !fits || fits(each)).map(([name]) => name);
  const other = declaredAs(program, given.text);
  const data = { kind, name: given.text, nearest: nearest(given.text, known), is: other?.kind };
  const { labels, notes } =
    reference.type === "name" ? writtenAt(reference.span) : givenAt(given, reference.span);
  report(diagnose("name-unknown", data, [...labels, ...declaredLabel(other)], notes));
  return undefined;
}

/** The kernel, or the FIT with one, that `boot` names. */
export function kernelOf(program: Program, reference: Reference, scope: Scope, report: Report) {
  const fits = ({ kind }: Provision) => kind === "kernel" || kind === "fit";
  return lookUp(
    reference,
    { program, kind: "kernel or fit", among: program.provisions, fits },
    scope,
    report,
  );
}

/** The DTB, overlay or initrd that comes after `with`. */
export function companionOf(program: Program, reference: Reference, scope: Scope, report: Report) {
  const fits = ({ kind }: Provision) => ["dtb", "overlay", "initrd"].includes(kind);
  return lookUp(
    reference,
    { program, kind: "dtb, overlay or initrd", among: program.provisions, fits },
    scope,
    report,
  );
}

/** Whether there is a file of it: not of a tree that the firmware left. */
export const isFile = ({ input, fit }: Provision): boolean =>
  input !== undefined || fit !== undefined;

/** The name of the FIT that is made for `parts`, and of its file: one that no declaration can have. */
export function impliedName(parts: readonly (Provision | undefined)[]): string {
  return `${parts.flatMap((each) => (each?.input ? [each.name] : [])).join("-")}.itb`;
}

/** What `load` names. */
export function provisionOf(program: Program, reference: Reference, scope: Scope, report: Report) {
  const kind = "kernel, dtb, overlay, initrd, fit or file";
  return lookUp(
    reference,
    { program, kind, among: program.provisions, fits: isFile },
    scope,
    report,
  );
}

/** The script that `chain` names. */
export function scriptOf(
  program: Program,
  reference: Reference,
  scope: Scope,
  report: Report,
): Script | undefined {
  return lookUp(reference, { program, kind: "script", among: program.scripts }, scope, report);
}

/** The NFS root that `root` names. */
export function nfsrootOf(
  program: Program,
  reference: Reference,
  scope: Scope,
  report: Report,
): Nfsroot | undefined {
  return lookUp(reference, { program, kind: "nfsroot", among: program.nfsroots }, scope, report);
}
