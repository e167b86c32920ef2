// Boots that U-Boot refuses, asked of the virtual board: it is given the files that lie there and the
// boot command. Only of boots of which all files are there, and that nothing else was said of.
import { type Diagnostic, diagnoseScript, type Report } from "../diagnostics/index.js";
import { type Arrangement, arrangementsIn } from "./memory.js";
import type { Attempt, Script } from "./script.js";

export function bootRefused(script: Script, report: Report, said: readonly Diagnostic[]): void {
  const { board, tries } = script;
  if (!board || !tries) return;
  for (const arrangement of arrangementsIn(script)) {
    const attempt = attemptOf(arrangement);
    if (!attempt || said.some((each) => isAbout(each, arrangement))) continue;
    const why = tries({ ...attempt, board });
    if (why === undefined) continue;
    const { kernel, boot } = arrangement;
    const data = { file: kernel?.name ?? boot.command.name, board: board.id, why };
    report(diagnoseScript("boot-refused", data, boot.command.at));
  }
}

/** The boot with its files; undefined where one is not known. */
function attemptOf({ boot, files, kernel }: Arrangement): Omit<Attempt, "board"> | undefined {
  if (!kernel) return undefined;
  const words = [boot.kernel, boot.initrd, boot.dtb].map((part) => {
    if (!part) return "-";
    const lying = files.find((each) => each.part === part);
    if (!lying) return undefined;
    const { suffix } = part.address;
    const address = `0x${lying.start.toString(16)}`;
    if (part === boot.initrd) return `${address}:${lying.size.toString(16)}`;
    const { text } = part.argument;
    const mark = suffix === undefined ? "" : text.charAt(text.length - suffix.length - 1);
    return `${address}${mark}${suffix ?? ""}`;
  });
  if (words.includes(undefined)) return undefined;
  while (words.at(-1) === "-") words.pop();
  const command = [boot.command.name, ...words].join(" ");
  return {
    command,
    given: files.map(({ name, start, content }) => ({ name, address: start, content })),
  };
}

/** Whether something is said of a boot, or of what was loaded for it. */
function isAbout({ severity, labels }: Diagnostic, { boot, files }: Arrangement): boolean {
  if (severity !== "error") return false;
  const places = [
    boot.command.at,
    ...files.flatMap(({ part }) => part.loaded.map(({ command }) => command.at)),
  ];
  return labels.some(({ span }) =>
    places.some(
      (place) => span.source === place.source && span.start < place.end && place.start < span.end,
    ),
  );
}
