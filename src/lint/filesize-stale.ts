// `address:${filesize}` where something else was loaded last.
import { diagnoseScript } from "../diagnostics/index.js";
import { baseName, bootsIn } from "./boots.js";
import type { Rule } from "./rule.js";

export const filesizeStale: Rule = (script, report) => {
  for (const { initrd, before } of bootsIn(script)) {
    const { last } = before;
    if (initrd?.address.suffix !== "${filesize}" || !last || last.length === 0) continue;
    const [other] = last;
    const [meant] = initrd.loaded;
    if (!other || last.some(({ key }) => key === initrd.address.key)) continue;
    const data = {
      used: "${filesize}",
      file: baseName(other) || other.command.text,
      needs: (meant && baseName(meant)) || "the initrd",
    };
    const labels = [
      { span: initrd.argument.at },
      { span: other.command.at, text: "sets `filesize`" },
    ];
    report(diagnoseScript("filesize-stale", data, labels));
  }
};
