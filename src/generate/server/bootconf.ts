// server/bootconf.txt: the settings of the bootloader in the EEPROM, those it has with those of the
// flow in their place, as rpi-eeprom-config reads them.
import type { Eeprom } from "../../program/index.js";

/** A line that is other than before. */
export interface ChangedLine {
  readonly before: string | undefined;
  readonly after: string;
}

/** The settings, and what is new in them. */
export interface Bootconf {
  readonly text: string;
  readonly changes: readonly ChangedLine[];
}

/** What `eeprom` comes to. */
export function bootconf({ before, settings }: Eeprom): Bootconf {
  const text = before?.text ?? "[all]\n";
  const lines = text.replace(/\n$/, "").split(/\r?\n/);
  const changes: ChangedLine[] = [];
  const added: string[] = [];
  for (const [key, { text }] of settings) {
    const after = `${key}=${text}`;
    const at = unfiltered(lines, key);
    if (at === undefined) added.push(after);
    else if (lines[at] !== after) {
      changes.push({ before: lines[at], after });
      lines[at] = after;
    }
  }
  // Whatever filter the file ends with is not to count for what is new.
  if (added.length > 0 && lastFilter(lines) !== "[all]") lines.push("[all]");
  changes.push(...added.map((after) => ({ before: undefined, after })));
  return { text: [...lines, ...added].map((line) => `${line}\n`).join(""), changes };
}

/** The line that sets `key` for all boards; of several the last one counts. */
function unfiltered(lines: readonly string[], key: string): number | undefined {
  let filter = "[all]";
  let found: number | undefined;
  for (const [index, line] of lines.entries()) {
    if (/^\[.*\]\s*$/.test(line)) filter = line.trim();
    else if (filter === "[all]" && line.startsWith(`${key}=`)) found = index;
  }
  return found;
}

const lastFilter = (lines: readonly string[]) =>
  lines.findLast((line) => /^\[.*\]\s*$/.test(line))?.trim() ?? "[all]";
