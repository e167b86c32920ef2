// A kernel for another architecture. Sources: image_check_target_arch in include/image.h of U-Boot,
// cmd/booti.c, cmd/bootz.c.
import type { Board } from "../../boards/index.js";
import { finding } from "../../diagnostics/index.js";
import type { Given, StartFault } from "../given.js";
import { accepted, architectureOf, article } from "../inside.js";

export const kernelArchitecture: StartFault = (given, { board }) => {
  const found = foreignTo(given, board);
  if (found === undefined) return undefined;
  const data = { name: given.name, file: given.file, board: board.id, wants: board.arch, found };
  return finding("kernel-architecture", data);
};

/** What a kernel is that cannot run on `board`; undefined of one that can. */
export function foreignTo({ kind, inside, wrapped }: Given, board: Board): string | undefined {
  if (kind !== "kernel") return undefined;
  const { outer, inner, header } = inside;
  const says = header && architectureOf(outer);
  const holds = inner.kind === "uimage" ? undefined : architectureOf(inner);
  if (says && !accepted(says, board, true)) return `a uImage for ${says}`;
  if (inner.kind === "elf" || !holds) return undefined;
  const given = says !== undefined && says !== holds;
  if (!given && accepted(holds, board, wrapped || header !== undefined)) return undefined;
  return given ? `a uImage for ${says} with ${article(inner)} in it` : article(inner);
}
