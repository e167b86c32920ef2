// Names of files that U-Boot's TFTP client cuts off (MAX_LEN in net/tftp.c).
import { diagnoseScript } from "../diagnostics/index.js";
import type { Rule } from "./rules.js";
import { expanded } from "./values.js";

/** In bytes, without the final NUL. */
const LONGEST = 127;

export const nameTooLong: Rule = ({ moments }, report) => {
  for (const { command, before } of moments) {
    const file = command.name === "tftpboot" ? command.args.at(-1) : undefined;
    if (!file) continue;
    // What is not known yet may be short.
    const name = expanded(file.text, before)
      .replace(/\$\{[^}]*\}/g, "")
      .replace(/^[\d.]*:/, "");
    const { length } = new TextEncoder().encode(name);
    if (length <= LONGEST) continue;
    report(diagnoseScript("name-too-long", { length, most: LONGEST }, file.at));
  }
};
