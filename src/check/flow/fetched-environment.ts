// Variables from a server: whoever answers in its place says what runs (`env import` of fetched
// data, and `run` after it). What comes from the card is as safe as the card.
import { diagnose } from "../../diagnostics/index.js";
import { fetches, importsEverything } from "../../faults/index.js";
import { loadForm } from "../../lint/index.js";
import { stepsIn } from "../../steps/index.js";
import type { StepCheck } from "../contract.js";
import { protocolOf } from "../network.js";
import { commandsOfStep } from "../raw.js";

export const fetchedEnvironment: StepCheck = (analysis, report) => {
  let fetched = false;
  let imported = false;
  for (const step of stepsIn(analysis.steps)) {
    const { span } = step;
    if ("from" in step) fetched = protocolOf(step, analysis) !== undefined;
    // It may have loaded something from the card.
    if (step.type === "broken") fetched = false;
    if (step.type === "run" && imported) {
      report(diagnose("fetched-environment", { what: `run ${step.name}` }, span));
    }
    for (const { words } of commandsOfStep(step)) {
      const [first = "", second = ""] = words;
      if (fetches(words)) fetched = true;
      else if (loadForm(first, words.slice(1))?.over === "storage") fetched = false;
      if (!(importsEverything(words) && fetched) && !(first === "run" && imported)) continue;
      imported = true;
      report(diagnose("fetched-environment", { what: `${first} ${second}` }, span));
    }
  }
};
