// Names of files that U-Boot's TFTP client cuts off.
import { diagnoseScript } from "../diagnostics/index.js";
import { tooLongForTftp } from "../faults/index.js";
import type { Rule } from "./rule.js";
import { expanded } from "./values.js";

export const nameTooLong: Rule = ({ moments }, report) => {
  for (const { command, before } of moments) {
    const file = command.name === "tftpboot" ? command.args.at(-1) : undefined;
    if (!file) continue;
    // What is not known yet may be short.
    const name = expanded(file.text, before)
      .replace(/\$\{[^}]*\}/g, "")
      .replace(/^[\d.]*:/, "");
    const tooLong = tooLongForTftp(name);
    if (tooLong) report(diagnoseScript("name-too-long", tooLong, file.at));
  }
};
