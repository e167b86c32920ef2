// A kernel that the board cannot unpack. `bootm` and `booti` undo what the build was configured with
// (lib/Kconfig); `bootz` and `zboot` undo nothing. What an initrd is packed with is the kernel's business.
import type { Board } from "../../boards/index.js";
import { diagnose } from "../../diagnostics/index.js";
import type { Provision } from "../../program/index.js";
import type { StepCheck } from "../checks.js";
import { declaredCompression, type Inside, insideOf } from "./payloads.js";

export const compressionUnsupported: StepCheck = ({ parts, board }, report) => {
  for (const { provision } of parts) {
    const { kind, name, input } = provision;
    const inside = insideOf(provision);
    if (kind !== "kernel" || !inside || !input) continue;
    const compression = inside.header ? declaredCompression(inside.header) : inside.compression;
    const command = commandFor(provision, inside, board);
    const known: readonly string[] = /^boot[mi]$/.test(command) ? board.images.compressions : [];
    if (compression === "none" || known.includes(compression)) continue;
    const data = { name, file: input.name, compression, board: board.id, command, known };
    report(diagnose("compression-unsupported", data, input.span));
  }
};

function commandFor({ wrapped }: Provision, { header, inner, seen }: Inside, board: Board): string {
  if (wrapped || header) return "bootm";
  if (seen && inner.kind === "zimage") return "bootz";
  return seen && inner.kind.endsWith("-image") ? "booti" : board.boot.command;
}
