// A boot command that the board does not have, or that takes another kind of file than the one loaded.
// Told by what is in the file, where it is there, or by the usual names of kernels and scripts.
import { commandState } from "../boards/index.js";
import { diagnoseScript } from "../diagnostics/index.js";
import { takeApart } from "../faults/index.js";
import { identify } from "../image/index.js";
import { baseName, bootsIn, onlyLoaded } from "./boots.js";
import { type Arrangement, arrangementsIn, isFit } from "./memory.js";
import type { Rule } from "./rule.js";

const kinds: readonly (readonly [name: RegExp, right: string])[] = [
  [/^zImage(?:$|[-.](?!.*(?:uimg|scr)))/, "bootz"],
  [/^Image(?:\.gz)?$/, "booti"],
  [/^uImage(?:$|[-.])/, "bootm"],
  [/\.scr(?:\.uimg)?$/, "source"],
];

export const wrongBootCommand: Rule = (script, report) => {
  const { board } = script;
  const seen = new Map(
    arrangementsIn(script).map((each) => [each.boot.command, neededBy(each)] as const),
  );
  for (const { command, kernel } of bootsIn(script)) {
    const loaded = onlyLoaded(kernel);
    const file = loaded && baseName(loaded);
    const right = seen.get(command) ?? kinds.find(([name]) => name.test(file ?? ""))?.[1];
    const missing = board && commandState(board, command.name) === "disabled";
    const better = missing ? board.boot.command : right;
    if (!better || better === command.name) continue;
    // A kernel for another architecture is said to be one: see kernel-architecture.
    if (board && commandState(board, better) === "disabled") continue;
    const name = file || kernel?.argument.text || "a kernel";
    const data = { name, command: command.name, right: better };
    const notes = missing
      ? [`${board.id} is ${board.arch}, and its U-Boot has no ${command.name}`]
      : [];
    const labels = [
      { span: command.nameAt },
      ...(loaded && !missing ? [{ span: loaded.command.at, text: "loaded here" }] : []),
    ];
    report(diagnoseScript("wrong-boot-command", data, labels, notes));
  }
};

/** The command that the kernel's file is for; undefined where it does not say. */
function neededBy({ kernel, landing }: Arrangement): string | undefined {
  if (!kernel) return undefined;
  if (isFit(kernel.content)) return "bootm";
  const { header, inner } = takeApart(kernel.content, identify(kernel.content));
  const isKnown = header !== undefined || inner.kind === "zimage" || inner.kind.endsWith("-image");
  return isKnown ? landing?.command : undefined;
}
