// The texts that the firmware reads, line by line, wherever they come from.
import type { Span } from "../../diagnostics/index.js";
import { readWhole } from "../../files/index.js";
import { type ConfigLine, configLine, type Firmware } from "../../program/index.js";

/** A line of config.txt. */
export interface PlacedLine extends ConfigLine {
  /** Its number where it comes from a file; undefined where the flow itself has it. */
  readonly line?: number;
  /** Characters of the whole line. */
  readonly length: number;
}

/** Text of a file, in lines. */
export interface TextLines {
  readonly lines: readonly string[];
  readonly span: Span;
}

/** The lines of the text file `name` of `firmware`, if it has one. */
export function linesOf({ files }: Firmware, name: string): TextLines | undefined {
  const file = files.find((each) => each.name.toLowerCase() === name.toLowerCase());
  if (!file) return undefined;
  // The two that matter are no larger; what a line calls its command line may be anything.
  const bytes = readWhole(file.content, "config.txt");
  if (!bytes) return undefined;
  const text = new TextDecoder("latin1").decode(bytes);
  return { lines: text.split(/\r?\n/), span: file.span };
}

/** The file with the kernel's command line, if it is one of the folder: the flow has no other. */
export function cmdlineOf(firmware: Firmware): TextLines | undefined {
  if (firmware.cmdline) return undefined;
  const named = configLines(firmware).findLast(({ key }) => key === "cmdline")?.value;
  return linesOf(firmware, named ?? "cmdline.txt");
}

/** Whether an initrd comes with the kernel. Filters are not looked at: it may. */
export function bringsInitrd(firmware: Firmware): boolean {
  const lines = configLines(firmware);
  const automatic = lines.findLast(({ key }) => key === "auto_initramfs")?.value === "1";
  return automatic || lines.some(({ key }) => key === "initramfs" || key === "ramfsfile");
}

/** The settings and filters of config.txt: those of the file, then those of the flow. */
export function configLines(firmware: Firmware): readonly PlacedLine[] {
  const own = firmware.config.map((each): PlacedLine => {
    const { filter, key = "", value = "" } = each;
    return {
      ...each,
      length: filter === undefined ? key.length + value.length + 1 : filter.length,
    };
  });
  // As it is written: whatever filter the file ends with does not count for what follows.
  const between: PlacedLine = { filter: "all", span: firmware.span, length: 0 };
  return [...readConfig(firmware, "config.txt", 0), between, ...own];
}

/** How deep files that are included include others. */
const DEEPEST = 8;

function readConfig(firmware: Firmware, name: string, depth: number): readonly PlacedLine[] {
  const file = linesOf(firmware, name);
  return (file?.lines ?? []).flatMap((text, index): readonly PlacedLine[] => {
    const line = configLine(text);
    if (!line) return [];
    const span = file?.span ?? firmware.span;
    const placed = { ...line, line: index + 1, span, length: text.trimEnd().length };
    const more =
      line.key === "include" && depth < DEEPEST
        ? readConfig(firmware, line.value ?? "", depth + 1)
        : [];
    return [placed, ...more];
  });
}
