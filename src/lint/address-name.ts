// The name of a variable where an address is read: without `$` its letters are digits, or end the
// number, and the address is 0 or some other one (lib/strto.c).
import { diagnoseScript } from "../diagnostics/index.js";
import { addressWords } from "./commands.js";
import type { Rule } from "./rule.js";

/** Names that boards give to addresses. */
const addressName = /^(?:\w+_addr(?:_r)?|(?:load|script|fdt|kernel|initrd|ramdisk|dtb)_?addr)$/;

export const addressNamed: Rule = ({ moments }, report) => {
  for (const { command } of moments) {
    const texts = command.args.map(({ text }) => text);
    for (const place of addressWords(command.name, texts)) {
      const argument = command.args[place];
      // `setexpr` reads what lies at `*ADDRESS`.
      const [, star = "", name = "", suffix = ""] =
        /^(\*?)(\w+)([:#].*)?$/.exec(argument?.text ?? "") ?? [];
      if (!argument || !addressName.test(name)) continue;
      const data = { name, fixed: `${star}\${${name}}${suffix}` };
      report(diagnoseScript("address-name", data, argument.at));
    }
  }
};
