// Commands joined by `;` in one `uboot` line: the line has the status of the last one, so that a
// failure before it goes unseen.
import { diagnose } from "../../diagnostics/index.js";
import type { StepCheck } from "../checks.js";
import { commandsIn, rawCommands, rawText } from "../raw.js";
import { statementsOf } from "../texts.js";

/** Commands that always succeed, or whose failure changes nothing. */
const harmless = new Set(["setenv", "echo", "true", "sleep", "printenv"]);

export const rawUnchecked: StepCheck = ({ block }, report) => {
  for (const statement of statementsOf(block)) {
    if (statement.type !== "uboot") continue;
    const text = rawText(statement.text);
    if (/\b(?:if|for|while|until)\b/.test(text)) continue;
    const parts = text.replace(/"[^"]*"|'[^']*'/g, (each) => each.replaceAll(";", " ")).split(";");
    const lists = parts.map(commandsIn).filter((each) => each.length > 0);
    const unseen = lists
      .slice(0, -1)
      .map((commands) => commands.at(-1)?.[0] ?? "")
      .filter((name) => !harmless.has(name) && !/^\w+=/.test(name));
    const last = rawCommands(statement).at(-1)?.[0] ?? "";
    if (unseen.length === 0) continue;
    report(diagnose("raw-unchecked", { unseen: [...new Set(unseen)], last }, statement.text.span));
  }
};
