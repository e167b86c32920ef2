// A kernel that a line of the shell, or `boot … at`, starts with another command than its format needs.
import { diagnose, type Span } from "../../diagnostics/index.js";
import { type Analysis, landingOf } from "../../memory/index.js";
import type { Provision } from "../../program/index.js";
import { stepsIn } from "../../steps/index.js";
import type { StepCheck } from "../contract.js";
import { commandsOfStep } from "../raw.js";

export const wrongBootCommand: StepCheck = (analysis, report) => {
  const { steps, board, layout } = analysis;
  for (const step of stepsIn(steps)) {
    for (const { words } of commandsOfStep(step)) {
      const [command = "", address = ""] = words;
      if (!/^(?:bootm|booti|bootz|zboot)$/.test(command)) continue;
      const found = kernelAt(address, analysis);
      if (!found) continue;
      const { provision, start, span } = found;
      const load = layout.loads.get(provision.name) ?? 0;
      const right = landingOf(provision, board, load, start).command;
      if (right === command) continue;
      const { name } = provision;
      const labels = [{ span: step.span }, { span, text: "loaded here" }];
      report(diagnose("wrong-boot-command", { name, command, right }, labels));
    }
  }
};

/** The kernel that the script has loaded to `address`, hexadecimal or a variable of the board. */
function kernelAt(
  address: string,
  { moments, board }: Analysis,
): { provision: Provision; start: number; span: Span } | undefined {
  const [, name] = /^\$\{?(\w+)\}?$/.exec(address) ?? [];
  const at = name ? board.addresses[name] : Number.parseInt(address, 16);
  const loads = moments.flatMap((moment) => moment.loads);
  return loads.findLast(({ start, provision }) => start === at && provision.kind === "kernel");
}
