// Commands joined by `;` in one `uboot` line: the line has the status of the last one, so that a
// failure before it goes unseen.
import { diagnose } from "../../diagnostics/index.js";
import { stepsIn } from "../../steps/index.js";
import type { StepCheck } from "../checks.js";
import { commandsIn, commandsOfLine, lineText } from "../raw.js";

/** Commands that always succeed, or whose failure changes nothing. */
const harmless = new Set(["setenv", "echo", "true", "sleep", "printenv"]);

export const rawUnchecked: StepCheck = ({ steps }, report) => {
  for (const step of stepsIn(steps)) {
    if (step.type !== "uboot") continue;
    const text = lineText(step);
    if (/\b(?:if|for|while|until)\b/.test(text)) continue;
    const parts = text.replace(/"[^"]*"|'[^']*'/g, (each) => each.replaceAll(";", " ")).split(";");
    const lists = parts.map(commandsIn).filter((each) => each.length > 0);
    const unseen = lists
      .slice(0, -1)
      .map((commands) => commands.at(-1)?.[0] ?? "")
      .filter((name) => !harmless.has(name) && !/^\w+=/.test(name));
    const last = commandsOfLine(step).at(-1)?.[0] ?? "";
    if (unseen.length === 0) continue;
    report(diagnose("raw-unchecked", { unseen: [...new Set(unseen)], last }, step.line.span));
  }
};
