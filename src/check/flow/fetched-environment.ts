// Variables from a server: whoever answers in its place says what runs (`env import` of fetched
// data, and `run` behind it). What comes from the card is as safe as the card.
import { diagnose } from "../../diagnostics/index.js";
import { stepsIn } from "../../steps/index.js";
import type { StepCheck } from "../checks.js";
import { protocolOf } from "../network.js";
import { commandsOfLine, fetches } from "../raw.js";

export const fetchedEnvironment: StepCheck = (analysis, report) => {
  let fetched = false;
  let imported = false;
  for (const step of stepsIn(analysis.steps)) {
    const { span } = step;
    if (step.type === "load") fetched = protocolOf(step, analysis) !== undefined;
    // It may have loaded something from the card.
    if (step.type === "broken") fetched = false;
    if (step.type === "run" && imported) {
      report(diagnose("fetched-environment", { what: `run ${step.name}` }, span));
    }
    for (const command of step.type === "uboot" ? commandsOfLine(step) : []) {
      const [first = "", second = ""] = command;
      if (fetches(command)) fetched = true;
      else if (/^(?:load|fatload|ext4load)$/.test(first)) fetched = false;
      const imports = first === "env" && second === "import";
      if (!(imports && fetched) && !(first === "run" && imported)) continue;
      imported = true;
      report(diagnose("fetched-environment", { what: `${first} ${second}` }, span));
    }
  }
};
