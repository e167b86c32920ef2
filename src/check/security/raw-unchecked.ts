// Commands joined by `;` in one `uboot` line: the line has the status of the last one, so that a
// failure before it goes unseen.
import { diagnose } from "../../diagnostics/index.js";
import type { Step as ShellStep } from "../../hush/index.js";
import { stepsIn } from "../../steps/index.js";
import type { StepCheck } from "../contract.js";
import { commandsOfLine } from "../raw.js";

/** Commands that always succeed, or whose failure changes nothing. */
const harmless = new Set(["setenv", "echo", "true", "sleep", "printenv"]);

export const rawUnchecked: StepCheck = ({ steps }, report) => {
  for (const step of stepsIn(steps)) {
    if (step.type !== "uboot") continue;
    const { steps: list } = step.parsed.tree;
    if (list.some(({ command }) => command && command.type !== "simple")) continue;
    const ends = list.filter(({ operator }, at) => operator === ";" && at < list.length - 1);
    const unseen = ends.map(nameIn).filter((name) => name !== "" && !harmless.has(name));
    if (unseen.length === 0) continue;
    const last = commandsOfLine(step).at(-1)?.written ?? "";
    report(diagnose("raw-unchecked", { unseen: [...new Set(unseen)], last }, step.line.span));
  }
};

/** The name of a command; none of an assignment. */
function nameIn({ command }: ShellStep): string {
  const [first] = command?.type === "simple" ? (command.words[0]?.parts ?? []) : [];
  return first?.type === "text" && !/^\w+=/.test(first.text) ? first.text : "";
}
