// booti of a compressed kernel, which U-Boot unpacks elsewhere first: to where two variables say that the
// board does not have by itself (cmd/booti.c). Told by the file, or by its name.
import { type Board, defaultEnvironment } from "../boards/index.js";
import { diagnoseScript } from "../diagnostics/index.js";
import { packedAs } from "../image/index.js";
import { type BootWord, baseName, bootsIn, onlyLoaded } from "./boots.js";
import type { Rule } from "./rule.js";
import type { Script } from "./script.js";
import { isSet, type State } from "./state.js";

const packedName = /(?:^|[./])(?:Image|vmlinu[xz])[^/]*\.(?:gz|lz4|lzma|lzo|zst|bz2)$/;

const variables = ["kernel_comp_addr_r", "kernel_comp_size"] as const;

export const unpackPlace: Rule = (script, report) => {
  const { board } = script;
  if (!board) return;
  for (const { command, before, kernel } of bootsIn(script)) {
    const loaded = onlyLoaded(kernel);
    if (command.name !== "booti" || !loaded || !isPacked(kernel, script)) continue;
    const [missing] = missingOf(board, before);
    if (missing === undefined) continue;
    const data = { file: baseName(loaded), variable: missing, board: board.id };
    report(
      diagnoseScript("unpack-place", data, [{ span: command.at }, { span: loaded.command.at }]),
    );
  }
};

function isPacked(kernel: BootWord | undefined, script: Script): boolean {
  const file = onlyLoaded(kernel)?.file ?? "";
  const content = script.find?.(file);
  return content ? packedAs(content) !== undefined : packedName.test(file);
}

/** The variables that neither the board has nor the script may have set. */
function missingOf(board: Board, before: State): readonly string[] {
  const own = defaultEnvironment(board);
  if (before.imported) return [];
  return variables.filter((name) => own[name] === undefined && !isSet(before, name));
}
