// Something is loaded where the board has no memory, or where firmware or U-Boot itself is.
import { diagnoseScript } from "../diagnostics/index.js";
import { isFree } from "../faults/index.js";
import { loadForm } from "./commands.js";
import type { Rule } from "./rule.js";
import { addressOf } from "./values.js";

/** What every file takes at least, as far as that can be said of one that is not known. */
const PAGE = 0x1000;

export const outsideMemory: Rule = ({ moments, board, find }, report) => {
  if (!board) return;
  for (const { command, before } of moments) {
    const texts = command.args.map(({ text }) => text);
    const form = loadForm(command.name, texts);
    const address = form && command.args[form.address];
    // A single word of a transfer may be a file.
    if (!form || !address || texts.length === 1) continue;
    const { value: start } = addressOf(address.text, before, board);
    if (start === undefined || /^\$/.test(address.text)) continue;
    const file = form.file === undefined ? undefined : texts[form.file];
    const size = (file === undefined ? undefined : find?.(file)?.size) ?? PAGE;
    if (isFree(board, { start, size })) continue;
    const name = file ?? command.text;
    report(diagnoseScript("outside-memory", { name, board: board.id, start, size }, address.at));
  }
};
