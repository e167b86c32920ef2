// The pipeline: Source -> SyntaxTree -> Program -> Plan -> Generated -> Artifact[]. Each stage takes only what
// the one before made, and runs only when that one had nothing to object to.

import { check } from "./check/index.js";
import { type Diagnostic, hasErrors, unrepeated } from "./diagnostics/index.js";
import type { Files } from "./files/index.js";
import {
  type Artifact,
  type AssembleOptions,
  assemble,
  type Generated,
  generate,
} from "./generate/index.js";
import { planOf } from "./memory/index.js";
import { type Resolved, resolve } from "./program/index.js";

/** What a flow is compiled with. */
export interface CompileOptions extends AssembleOptions {
  /** Where the flow, and what it names, is read from. */
  readonly files: Files;
  /** Values for `param`, as with `-D`. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** Called between generating and printing: returns the scripts to print. */
  readonly transform?: (generated: Generated) => Generated;
}

/** The files of a build, or why there are none. */
export interface Compilation {
  /** Undefined when `diagnostics` holds an error. */
  readonly artifacts?: readonly Artifact[];
  readonly diagnostics: readonly Diagnostic[];
  readonly program?: NonNullable<Resolved["program"]>;
}

/** Compiles the flow at `path`. Mistakes in the flow are returned, never thrown. */
export function compile(path: string, options: CompileOptions): Compilation {
  const diagnostics: Diagnostic[] = [];
  // What is wrong in a script is found again for each client.
  const report = unrepeated((diagnostic) => diagnostics.push(diagnostic));
  const { program, diagnostics: found } = resolve(path, options);
  for (const diagnostic of found) report(diagnostic);
  if (!program) return { diagnostics };

  const plan = planOf(program, report);
  if (hasErrors(diagnostics)) return { diagnostics, program };

  const generated = generate(plan, report);
  if (hasErrors(diagnostics)) return { diagnostics, program };

  check(plan, generated, report);
  if (hasErrors(diagnostics)) return { diagnostics, program };

  const transformed = options.transform ? options.transform(generated) : generated;
  const artifacts = assemble(program, transformed, options, report);
  return hasErrors(diagnostics) ? { diagnostics, program } : { artifacts, diagnostics, program };
}
