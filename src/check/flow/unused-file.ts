// A file that is provided and that no script loads. What stands `on` a place is there for somebody
// else, such as the firmware; what a `uboot` line names is used.
import { diagnose } from "../../diagnostics/index.js";
import type { Reference } from "../../language/index.js";
import type { Plan } from "../../memory/index.js";
import { isFile } from "../../program/index.js";
import type { FlowCheck } from "../checks.js";
import { rawText } from "../raw.js";
import { statementsOf } from "../texts.js";

export const unusedFile: FlowCheck = (plan, report) => {
  // A flow without scripts provides files for somebody else.
  if (plan.program.scripts.size === 0) return;
  const { names, raw } = mentioned(plan);
  for (const provision of plan.program.provisions.values()) {
    const { name, input, place, file, kind, span } = provision;
    if (!isFile(provision) || place || names.has(name) || raw.includes(file)) continue;
    report(diagnose("unused-file", { kind, name, file: input?.name ?? file }, span));
  }
};

/** The provisions that some statement names, and the text of all `uboot` lines. */
function mentioned({ program, analyses }: Plan): { names: ReadonlySet<string>; raw: string } {
  const names = new Set(analyses.flatMap(({ uses }) => uses.map((use) => use.provision.name)));
  for (const { fit } of program.provisions.values()) {
    for (const { provision } of fit?.images ?? []) names.add(provision.name);
  }
  let raw = "";
  // Scripts for each client are not planned when there are no clients.
  for (const { body } of program.scripts.values()) {
    for (const statement of statementsOf(body)) {
      const named: readonly Reference[] =
        statement.type === "load"
          ? [statement.what]
          : statement.type === "boot"
            ? [statement.kernel, ...statement.with]
            : [];
      for (const each of named) if (each.type === "name") names.add(each.name);
      if (statement.type === "uboot") raw += `${rawText(statement.text)}\n`;
    }
  }
  return { names, raw };
}
