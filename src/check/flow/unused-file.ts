// A file that is provided and that no script loads. What stands `on` a place is there for somebody
// else, such as the firmware; what a `uboot` line names is used.
import { diagnose } from "../../diagnostics/index.js";
import { referencesOf, statementsOf } from "../../language/index.js";
import type { Plan } from "../../memory/index.js";
import { isFile, type Program } from "../../program/index.js";
import type { FlowCheck } from "../contract.js";
import { rawText } from "../raw.js";

export const unusedFile: FlowCheck = (plan, report) => {
  // A flow without scripts provides files for somebody else.
  if (plan.program.scripts.size === 0) return;
  const { names, raw } = mentioned(plan);
  if (namesNothing(plan.program, names)) return;
  for (const provision of plan.program.provisions.values()) {
    const { name, input, place, file, kind, span } = provision;
    if (!isFile(provision) || place || names.has(name) || raw.includes(file)) continue;
    report(diagnose("unused-file", { kind, name, file: input?.name ?? file }, span));
  }
};

/** Whether something is named that is not there: a file may be meant. */
export function namesNothing(program: Program, names: Iterable<string>): boolean {
  const { provisions, scripts, nfsroots, broken } = program;
  return [...names].some((name) =>
    [provisions, scripts, nfsroots, broken].every((known) => !known.has(name)),
  );
}

/** The provisions that some statement names, and the text of all `uboot` lines. */
function mentioned({ program, analyses }: Plan): { names: ReadonlySet<string>; raw: string } {
  const names = new Set(analyses.flatMap(({ uses }) => uses.map((use) => use.provision.name)));
  for (const name of program.mentioned) names.add(name);
  for (const { fit } of program.provisions.values()) {
    for (const { provision } of fit?.images ?? []) names.add(provision.name);
  }
  let raw = "";
  // Scripts for each client are not planned when there are no clients.
  for (const { body } of [...program.scripts.values(), ...program.faulty]) {
    for (const statement of statementsOf(body)) {
      for (const each of referencesOf(statement)) if (each.type === "name") names.add(each.name);
      if (statement.type === "uboot") raw += `${rawText(statement.text)}\n`;
    }
  }
  return { names, raw };
}
