// `tftp` where `tftpput` or `tftpsrv` is built in as well, in a line of one's own.
import { diagnose } from "../../diagnostics/index.js";
import { ambiguousOn } from "../../faults/index.js";
import { commandsOf } from "../commands.js";
import type { ShellCheck } from "../contract.js";

export const commandAmbiguous: ShellCheck = (script, report) => {
  const { board } = script;
  for (const { words, span, raw } of commandsOf(script)) {
    const among = raw ? ambiguousOn(board, words) : undefined;
    if (!among) continue;
    const data = { command: "tftp", board: board.id, among, meant: "tftpboot" };
    report(diagnose("command-ambiguous", data, span));
  }
};
