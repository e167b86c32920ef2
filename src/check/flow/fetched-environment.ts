// Variables from a server: whoever answers in its place says what runs (`env import` of fetched
// data, and `run` behind it). What comes from the card is as safe as the card.
import { diagnose } from "../../diagnostics/index.js";
import type { StepCheck } from "../checks.js";
import { protocolOf } from "../network.js";
import { fetches, rawCommands } from "../raw.js";
import { statementsOf } from "../texts.js";

export const fetchedEnvironment: StepCheck = (analysis, report) => {
  let fetched = false;
  let imported = false;
  for (const statement of statementsOf(analysis.block)) {
    const { span } = statement;
    if (statement.type === "load") {
      fetched = protocolOf(statement, analysis) !== undefined;
    }
    if (statement.type === "run" && imported) {
      report(diagnose("fetched-environment", { what: `run ${statement.name.name}` }, span));
    }
    for (const command of rawCommands(statement)) {
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
