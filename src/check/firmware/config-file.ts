// A file that config.txt names and the folder does not have: the firmware goes on without it, or not
// at all. Looked at is what counts for all boards; folders by `os_prefix` are left out.
import { diagnose, nearest, type Report } from "../../diagnostics/index.js";
import { readWhole } from "../../files/index.js";
import type { Firmware, Program } from "../../program/index.js";
import type { FlowCheck } from "../contract.js";
import { configLines, type PlacedLine } from "./firmware-files.js";

export const configFile: FlowCheck = ({ program }, report) => {
  for (const firmware of program.firmware) look(firmware, program, report);
};

function look(firmware: Firmware, { provisions }: Program, report: Report): void {
  const lines = configLines(firmware);
  const moves = lines.some(({ key = "" }) =>
    /^(?:os_prefix|overlay_prefix|upstream_kernel)$/.test(key),
  );
  // A flow that brings no files only writes config.txt: the rest is on the card.
  if (moves || firmware.files.length === 0) return;
  const names = [
    ...firmware.files.map(({ name }) => name),
    ...[...provisions.values()].map(({ file }) => file),
    ...(firmware.cmdline ? ["cmdline.txt"] : []),
  ];
  const known = new Set(names.map((name) => name.toLowerCase()));
  let counts = true;
  for (const each of lines) {
    if (each.filter !== undefined) counts = /^all$/i.test(each.filter);
    if (!counts) continue;
    for (const name of namedBy(each)) {
      if (known.has(name.toLowerCase()) || isMapped(name, firmware)) continue;
      const { key = "", line, span } = each;
      report(diagnose("config-file", { name, key, line, nearest: nearest(name, names) }, span));
    }
  }
}

/** Settings whose value is a file's name, or several with commas between. */
const FILES =
  /^(?:kernel|armstub|cmdline|device_tree|fixup_file|include|initramfs|ramfsfile|start_file)$/;

/** The files that a line names, below the folder. */
function namedBy({ key = "", value = "" }: PlacedLine): readonly string[] {
  const [word = ""] = value.split(/\s/);
  if (key === "dtoverlay") {
    const [overlay = ""] = word.split(/[,:]/);
    return overlay === "" ? [] : [`overlays/${overlay}.dtbo`];
  }
  if (!FILES.test(key)) return [];
  const names = word.split(",").filter((each) => each !== "");
  return names.map((each) => each.replace(/^\//, ""));
}

/** Whether overlay_map.dtb has another file for an overlay. */
function isMapped(name: string, { files }: Firmware): boolean {
  const [, overlay] = /^overlays\/(.*)\.dtbo$/.exec(name) ?? [];
  const map = files.find((each) => each.name.toLowerCase() === "overlays/overlay_map.dtb");
  if (overlay === undefined || !map) return false;
  const bytes = readWhole(map.content, "overlay_map.dtb");
  return bytes !== undefined && Buffer.from(bytes).includes(`${overlay}\0`, 0, "latin1");
}
