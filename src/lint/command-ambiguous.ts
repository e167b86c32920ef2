// `tftp` where `tftpput` or `tftpsrv` is built in as well.
import { diagnoseScript } from "../diagnostics/index.js";
import { ambiguousOn } from "../faults/index.js";
import type { Rule } from "./rule.js";

export const commandAmbiguous: Rule = ({ commands, board }, report) => {
  if (!board) return;
  for (const { written, nameAt } of commands) {
    const among = ambiguousOn(board, [written]);
    if (!among) continue;
    const data = { command: "tftp", board: board.id, among, meant: "tftpboot" };
    report(diagnoseScript("command-ambiguous", data, nameAt));
  }
};
