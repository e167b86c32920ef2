// `tftp` where `tftpput` or `tftpsrv` is built in as well: U-Boot finds no single command and runs
// none (common/command.c).
import { diagnoseScript } from "../diagnostics/index.js";
import type { Rule } from "./rules.js";

export const commandAmbiguous: Rule = ({ commands, board }, report) => {
  if (!board) return;
  const among = [...board.commands].filter((each) => each.startsWith("tftp"));
  if (!board.net.tftp.prefixAmbiguous && among.length < 2) return;
  for (const { written, nameAt } of commands) {
    if (written !== "tftp") continue;
    const data = { command: "tftp", board: board.id, among, meant: "tftpboot" };
    report(diagnoseScript("command-ambiguous", data, nameAt));
  }
};
