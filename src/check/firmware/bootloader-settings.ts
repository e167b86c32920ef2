// The settings of the bootloader in the EEPROM, line by line: those it has with those of the flow.
import type { Span } from "../../diagnostics/index.js";
import { configLine, type Eeprom, type Given } from "../../program/index.js";

/** A line of the settings it has. */
export interface BootloaderLine {
  readonly filter?: string;
  readonly key?: string;
  readonly value?: string;
  readonly span: Span;
}

/** The lines of bootconf.txt that are the bootloader's own: what follows `[config.txt]` is not. */
export function bootloaderLines({ before }: Eeprom): readonly BootloaderLine[] {
  if (!before) return [];
  const found: BootloaderLine[] = [];
  for (const { 0: text, index } of before.text.matchAll(/[^\r\n]+/g)) {
    const line = configLine(text);
    if (line?.filter === "config.txt") break;
    const span = { source: before, start: index, end: index + text.length };
    if (line) found.push({ ...line, span });
  }
  return found;
}

/** The setting `name` that counts for all boards: the flow's, or the one it has. */
export function bootloaderSetting(eeprom: Eeprom, name: string): Given | undefined {
  const given = eeprom.settings.get(name);
  if (given) return given;
  let found: Given | undefined;
  let counts = true;
  for (const { filter, key, value = "", span } of bootloaderLines(eeprom)) {
    if (filter !== undefined) counts = /^all$/i.test(filter);
    else if (counts && key === name) found = { text: value, span };
  }
  return found;
}
