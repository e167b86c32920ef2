// An initrd without a header needs its size (boot/image-board.c). Told by the name of the file, where
// that is one of those that the tools give to a bare archive.
import { diagnoseScript } from "../diagnostics/index.js";
import { baseName, bootsIn, onlyLoaded } from "./boots.js";
import type { Rule } from "./rule.js";

const bare =
  /(?:\.cpio(?:\.(?:gz|xz|zst|lz4|lzma|bz2))?|^initr(?:d|amfs)(?:-[^/]*)?\.(?:gz|xz|zst|lz4|img\.gz))$/;

export const initrdSize: Rule = (script, report) => {
  for (const { command, initrd } of bootsIn(script)) {
    const loaded = onlyLoaded(initrd);
    if (!initrd || !loaded || initrd.address.suffix !== undefined) continue;
    const file = baseName(loaded);
    if (!bare.test(file) || /uinitr|uimage/i.test(file)) continue;
    const { text, at } = initrd.argument;
    const data = { file, command: command.name, fixed: `${text}:\${filesize}` };
    report(diagnoseScript("initrd-size", data, [{ span: at }, { span: loaded.command.at }]));
  }
};
