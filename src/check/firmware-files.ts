// The texts that the firmware reads, line by line, wherever they come from.
import type { Span } from "../diagnostics/index.js";
import { bytesOf } from "../image/index.js";
import type { ConfigLine, Firmware } from "../program/index.js";

/** A line of config.txt, and its number where it comes from a file. */
export interface PlacedLine extends ConfigLine {
  readonly line?: number;
}

/** The lines of the text file `name` of `firmware`, if it has one. */
export function linesOf(
  { files }: Firmware,
  name: string,
): { readonly lines: readonly string[]; readonly span: Span } | undefined {
  const file = files.find((each) => each.name.toLowerCase() === name);
  if (!file) return undefined;
  const text = new TextDecoder("latin1").decode(bytesOf(file.content));
  return { lines: text.split(/\r?\n/), span: file.span };
}

/** Whether an initrd comes with the kernel. Filters are not looked at: it may. */
export function bringsInitrd(firmware: Firmware): boolean {
  const lines = configLines(firmware);
  const automatic = lines.findLast(({ key }) => key === "auto_initramfs")?.value === "1";
  return automatic || lines.some(({ key }) => key === "initramfs" || key === "ramfsfile");
}

/** The settings and filters of config.txt: those of the file, then those of the flow. */
export function configLines(firmware: Firmware): readonly PlacedLine[] {
  const file = linesOf(firmware, "config.txt");
  const lines = (file?.lines ?? []).flatMap((text, index): PlacedLine[] => {
    const place = { line: index + 1, span: file?.span ?? firmware.span };
    const [, filter] = /^\s*\[(.*)\]\s*$/.exec(text) ?? [];
    if (filter !== undefined) return [{ filter, ...place }];
    // `hdmi_group:1=2` is for one of two ports.
    const [, key, value = ""] = /^\s*(?!#)([^\s=:#]+)(?::\d)?[\s=]*(.*?)\s*$/.exec(text) ?? [];
    return key === undefined ? [] : [{ key, value, ...place }];
  });
  return [...lines, ...firmware.config];
}
