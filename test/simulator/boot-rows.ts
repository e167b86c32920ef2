// boot-table.txt: scripts that start kernels, and what they print on a real board.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { bootFiles } from "./boot-files.js";

/** The table. */
export const file = join(import.meta.dirname, "boot-table.txt");
export const [head = "", ...blocks] = readFileSync(file, "utf8").split(/^(?==== )/m);
/** Its rows. */
export const rows = blocks.map((block) => {
  const [, name = "", script = "", console = ""] =
    /^=== (.*)\n([\s\S]*?)^---\n([\s\S]*)$/m.exec(block) ?? [];
  return { name, script, console: console.trimEnd() };
});

/** What is the same on every run. */
export function normal(console: string): string {
  return (
    console
      .replaceAll("\r", "")
      .replace(/^(\d+ bytes read) in .*$/gm, "$1")
      .replace(
        /^(?:bootm - .*\n\n)?Usage:\nbootm (?:[\s\S]*?\n\tgo .*|- No add.*)$/gm,
        "(usage of bootm)",
      )
      // The whole name of the release.
      .replace(/(u-boot,version = "\d+\.\d+)[^"]*/g, "$1")
      // Which of two codes it is depends on what is read in place of the data.
      .replace(/(inflate\(\) returned) -[35]/g, "$1 -N")
      .replace(/\b0*7[c-f][0-9a-f]{6}\b/g, "TOP")
      .replace(/0xTOP|0x0*7[c-f][0-9a-f]{6}\b/g, "0xTOP")
      .trimEnd()
  );
}

/** The files of the card. */
export const card = bootFiles();
