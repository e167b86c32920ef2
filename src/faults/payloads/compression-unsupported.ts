// A kernel that the board cannot unpack. `bootm` and `booti` undo what the build was configured with
// (lib/Kconfig); `bootz` and `zboot` undo nothing. What an initrd is packed with is the kernel's business.
import type { Board } from "../../boards/index.js";
import { finding } from "../../diagnostics/index.js";
import type { Given, StartFault } from "../given.js";
import { declaredCompression } from "../inside.js";

export const compressionUnsupported: StartFault = (given, { board, command: written }) => {
  const { kind, name, file, inside } = given;
  if (kind !== "kernel") return undefined;
  const compression = inside.header ? declaredCompression(inside.header) : inside.compression;
  const command = written ?? commandFor(given, board);
  const known: readonly string[] = /^boot[mi]$/.test(command) ? board.images.compressions : [];
  if (compression === "none" || known.includes(compression)) return undefined;
  const data = { name, file, compression, board: board.id, command, known };
  return finding("compression-unsupported", data);
};

function commandFor({ wrapped, inside: { header, inner, seen } }: Given, board: Board): string {
  if (wrapped || header) return "bootm";
  if (seen && inner.kind === "zimage") return "bootz";
  return seen && inner.kind.endsWith("-image") ? "booti" : board.boot.command;
}
