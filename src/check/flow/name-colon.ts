// A name with `${serial#}` in it on a board whose serial number can hold a `:`, at which U-Boot
// cuts a server's address off (net/net-common.c).
import { diagnose } from "../../diagnostics/index.js";
import { variablesOf } from "../../program/index.js";
import type { StepCheck } from "../contract.js";
import { protocolOf } from "../network.js";

export const nameColon: StepCheck = (analysis, report) => {
  const { moments, board } = analysis;
  const { serial } = board;
  if (!serial?.pattern.test(serial.example.replace(/.$/, ":"))) return;
  for (const { chained, step } of moments) {
    const read =
      chained && variablesOf(chained.script.file).find((each) => each.name === "serial#");
    if (!read || protocolOf(step, analysis) !== "tftp") continue;
    const data = { board: board.id, format: serial.format };
    report(diagnose("name-colon", data, [{ span: read.span }, { span: step.span }]));
  }
};
