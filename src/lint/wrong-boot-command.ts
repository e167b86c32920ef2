// A boot command that the board does not have, or that takes another kind of file than the one loaded.
// Told by the usual names of kernels and scripts.
import { commandState } from "../boards/index.js";
import { diagnoseScript } from "../diagnostics/index.js";
import { baseName, bootsIn, onlyLoaded } from "./boots.js";
import type { Rule } from "./rules.js";

const kinds: readonly (readonly [name: RegExp, right: string])[] = [
  [/^zImage(?:$|[-.](?!.*(?:uimg|scr)))/, "bootz"],
  [/^Image(?:\.gz)?$/, "booti"],
  [/^uImage(?:$|[-.])/, "bootm"],
  [/\.scr(?:\.uimg)?$/, "source"],
];

export const wrongBootCommand: Rule = (script, report) => {
  const { board } = script;
  for (const { command, kernel } of bootsIn(script)) {
    const loaded = onlyLoaded(kernel);
    const file = loaded && baseName(loaded);
    const right = kinds.find(([name]) => name.test(file ?? ""))?.[1];
    const missing = board && commandState(board, command.name) === "disabled";
    const better = missing ? board.boot.command : right;
    if (!better || better === command.name) continue;
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
