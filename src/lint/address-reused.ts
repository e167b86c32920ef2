// Two words of a boot command with the same address: what was loaded first is gone.
import { diagnoseScript } from "../diagnostics/index.js";
import { type BootWord, baseName, bootsIn } from "./boots.js";
import type { Rule } from "./rule.js";

const words = ["the kernel", "the initrd", "the device tree"];

export const addressReused: Rule = (script, report) => {
  for (const { kernel, initrd, dtb } of bootsIn(script)) {
    const parts = [kernel, initrd, dtb];
    for (const [index, part] of parts.entries()) {
      const before = parts.slice(0, index);
      const at = before.findIndex((each) => each && each.address.key === part?.address.key);
      const twin = parts[at];
      // `bootm A:kernel A:ramdisk`, and a FIT that has everything, are meant to be the same.
      if (!part || !twin || [part, twin].every(isNamed) || isWhole(part)) continue;
      const [loaded] = part.loaded;
      const data = {
        words: [words[at] ?? "", words[index] ?? ""],
        address: part.argument.text.replace(/:\$\{\w+\}$/, ""),
        file: loaded && baseName(loaded),
      };
      const labels = [{ span: part.argument.at }, { span: twin.argument.at }];
      report(diagnoseScript("address-reused", data, labels));
    }
  }
};

/** Whether a part of a FIT is named. */
const isNamed = ({ argument }: BootWord) => /[#:](?!\$)/.test(argument.text);

/** One file that is kernel, initrd and device tree: a FIT. */
const isWhole = ({ loaded }: BootWord) =>
  loaded.length > 0 && loaded.every((each) => /\.(?:itb|fit|ub)$|fit/i.test(baseName(each)));
