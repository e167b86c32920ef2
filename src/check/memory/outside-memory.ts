// Something is loaded where there is no memory, or where firmware or U-Boot itself is.
import type { Board, Region } from "../../boards/index.js";
import { diagnose, type Report, type Span } from "../../diagnostics/index.js";
import { isFree } from "../../faults/index.js";
import type { Analysis } from "../../memory/index.js";

export function outsideMemory({ board, moments }: Analysis, report: Report): void {
  for (const { loads, chained, step, start } of moments) {
    for (const { provision, span, start, size } of loads) {
      look(provision.name, { start, size }, span, board, report);
    }
    if (chained) look(chained.script.name, chained.slot, step.span, board, report);
    // What a zImage unpacks to is an estimate, and below memory's free part its own business.
    const { writes = [], late = false } = start?.landing ?? {};
    for (const region of late ? [] : writes) {
      look(`${start?.image.name} when started`, region, step.span, board, report);
    }
  }
}

function look(name: string, region: Region, span: Span, board: Board, report: Report): void {
  const { start, size } = region;
  if (isFree(board, region)) return;
  report(diagnose("outside-memory", { name, board: board.id, start, size }, span));
}
