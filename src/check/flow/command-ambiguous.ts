// `tftp` where `tftpput` or `tftpsrv` is built in as well: U-Boot finds no single command and runs
// none (common/command.c).
import { diagnose } from "../../diagnostics/index.js";
import type { ShellCheck } from "../checks.js";
import { commandsOf } from "../commands.js";

export const commandAmbiguous: ShellCheck = (script, report) => {
  const { board } = script;
  const { prefixAmbiguous } = board.net.tftp;
  const among = [...board.commands].filter((each) => each.startsWith("tftp"));
  for (const { words, span, raw } of commandsOf(script)) {
    if (!raw || words[0] !== "tftp" || !(prefixAmbiguous || among.length > 1)) continue;
    const data = { command: "tftp", board: board.id, among, meant: "tftpboot" };
    report(diagnose("command-ambiguous", data, span));
  }
};
